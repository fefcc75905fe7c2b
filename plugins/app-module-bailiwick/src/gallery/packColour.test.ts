import { packColours } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { createTheme, getContrastRatio } from '@material-ui/core/styles';
import { dark, light } from '../theme/palette';
import { packShade } from './packColour';

const themes = [
  createTheme({ palette: { type: 'light' } }),
  createTheme({ palette: { type: 'dark' } }),
  createTheme({ palette: { type: 'light', background: light.background } }),
  createTheme({ palette: { type: 'dark', background: dark.background } }),
];

describe('packShade', () => {
  it.each(packColours)('has AA contrast for %s in all themes', colour => {
    for (const theme of themes)
      for (const ground of [
        theme.palette.background.paper,
        theme.palette.background.default,
      ])
        expect(
          getContrastRatio(packShade(colour, theme), ground),
        ).toBeGreaterThanOrEqual(4.5);
  });

  it('is gray without a color', () => {
    expect(packShade(undefined, themes[0])).toBe(packShade('grey', themes[0]));
  });
});
