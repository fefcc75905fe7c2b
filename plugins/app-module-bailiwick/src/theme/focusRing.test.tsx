import '@testing-library/jest-dom';
import { createUnifiedTheme, UnifiedThemeProvider } from '@backstage/theme';
import {
  Button,
  Checkbox,
  Chip,
  IconButton,
  ListItem,
  MenuItem,
  Tab,
} from '@material-ui/core';
import { act, render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { componentStyles } from './components';
import { dark, light } from './palette';

const outlined: [string, ReactElement][] = [
  ['a button', <Button>Save</Button>],
  ['an icon button', <IconButton>Save</IconButton>],
  ['a tab', <Tab label="Deploy" />],
  ['a clickable chip', <Chip label="All" clickable />],
  ['a chip that can be deleted', <Chip label="All" onDelete={() => {}} />],
  ['a list item', <ListItem button>First</ListItem>],
  ['a menu item', <MenuItem tabIndex={0}>First</MenuItem>],
  ['a box', <Checkbox />],
];

describe.each([light, dark])(
  'the keyboard focus in the $mode theme',
  colours => {
    const theme = createUnifiedTheme({
      palette: colours,
      components: componentStyles(colours),
    });
    const focus = (element: ReactElement) => {
      const { container } = render(
        <UnifiedThemeProvider theme={theme}>{element}</UnifiedThemeProvider>,
      );
      act(() =>
        container.querySelector<HTMLElement>('input, button, div, li')!.focus(),
      );
      return container;
    };

    it.each(outlined)('outlines %s', (_name, element) => {
      const { firstElementChild } = focus(element);
      expect(firstElementChild).toHaveStyle({
        outline: `2px solid ${colours.primary.main}`,
      });
    });

    it('shows no pulsing disc', () => {
      const container = focus(<Button>Save</Button>);
      const disc = container.querySelector('[class*="ripplePulsate"]');
      expect(disc).toBeInTheDocument();
      expect(disc).not.toBeVisible();
    });
  },
);
