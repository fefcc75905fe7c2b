import {
  createUnifiedTheme,
  genPageTheme,
  pageTheme,
  UnifiedThemeProvider,
} from '@backstage/theme';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import DarkIcon from '@material-ui/icons/Brightness2';
import LightIcon from '@material-ui/icons/WbSunny';
import type { ReactElement } from 'react';
import { componentStyles } from './components';
import { focusCss } from './focusRing';
import { dark, light, type Colours } from './palette';
import { fontFamily, typography } from './typography';
import { uiVariables } from './uiVariables';

/** One theme for Material UI 4 and 5 and Backstage UI. */
function themeOf(colours: Colours) {
  const page = genPageTheme({
    colors: [colours.background.paper],
    shape: 'none',
    options: { fontColor: colours.text.primary },
  });
  return createUnifiedTheme({
    palette: colours,
    typography,
    pageTheme: Object.fromEntries(
      Object.keys(pageTheme).map(name => [name, page]),
    ),
    components: componentStyles(colours),
  });
}

/**
 * Takes the progress bar of entity pages out of the layout. Otherwise the bar moves down by the height of the header
 * once the entity is loaded, which counts as a layout shift of the whole page.
 */
const calmProgress =
  "[data-theme-name='bailiwick'] .bui-Container>.MuiLinearProgress-root{position:fixed;top:0;left:0;right:0}";

/**
 * Shows only one title where the content of a page has a header of its own, such as an entity; the other one stays for
 * screen readers, and shows while its link has the focus.
 */
const oneTitle =
  "[data-theme-name='bailiwick'] [data-page-header]:not(:has([role='tab']),:focus-within):has(+ * :is(.bui-HeaderContent,[class*='BackstageHeader-header']))" +
  '{height:8px;overflow:hidden;clip-path:inset(50%)}';

/** Draws titles of Backstage's pages like those of our own. */
const titles = [
  '.bui-PluginHeader{--bui-plugin-header-toolbar-border-bottom:none;--bui-plugin-header-toolbar-padding-bottom:0;--bui-plugin-header-margin-bottom:0;padding-inline:24px}',
  '.bui-PluginHeader .bui-PluginHeaderToolbarIcon{display:none}',
  '.bui-PluginHeaderBreadcrumbs ol{flex-wrap:wrap}',
  '.bui-PluginHeaderBreadcrumbs li:last-child{flex-basis:auto}',
  '.bui-PluginHeaderToolbarName :is(span,a,button){font-size:1.5rem;font-weight:700;line-height:1.3}',
  '.bui-PluginHeaderToolbarName :is(a,button):not(:hover){color:var(--bui-fg-secondary)}',
]
  .map(rule => `[data-theme-name='bailiwick'] ${rule}`)
  .concat(
    "@media(max-width:599px){[data-theme-name='bailiwick'] .bui-PluginHeader{padding-inline:16px}}",
  )
  .join('');

/** Draws the tabs of Backstage UI like those of Material UI. */
const tabs = [
  "[data-theme-name='bailiwick'] :is(.bui-HeaderNavItem,.bui-Tab){font-weight:600;white-space:nowrap}",
  "[data-theme-name='bailiwick'] :is(.bui-HeaderNavActive,.bui-TabActive){height:2px;background:var(--bui-ring)}",
].join('');

/** Draws the fields of Backstage's entity cards in as many columns as hold a word; three are too narrow beside content. */
const fieldColumns = [
  '{grid-template-columns:repeat(auto-fill,minmax(120px,1fr))}',
  '>.bui-GridItem{grid-column:1/-1}',
]
  .map(
    rule =>
      `[data-theme-name='bailiwick'] .bui-Card .bui-Grid[class~='lg:bui-columns-3']${rule}`,
  )
  .join('');

/**
 * Ends all motion at once for people who ask their system for less of it (WCAG 2.2, 2.3.3). A duration of transitions
 * would also delay changes that are none now, and so mislead scripts that measure.
 */
const calmMotion = `@media(prefers-reduced-motion:reduce){${[
  '',
  '::before',
  '::after',
]
  .map(part => `[data-theme-name='bailiwick'] *${part}`)
  .join()}{${[
  'animation-duration:1ms',
  'animation-iteration-count:1',
  'transition:none',
  'scroll-behavior:auto',
]
  .map(one => `${one}!important`)
  .join(';')}}}`;

/** Inter would show the arrow of a type hint, `->`, as another character. */
const noLigatures = 'font-feature-settings:"calt" 0';

function themeExtension(colours: Colours, title: string, icon: ReactElement) {
  const theme = themeOf(colours);
  const variables = Object.entries(uiVariables(colours))
    .map(([name, value]) => `${name}:${value};`)
    .join('');
  const css = `[data-theme-name='bailiwick']{${variables}font-family:${fontFamily};${noLigatures}}${calmProgress}${oneTitle}${titles}${tabs}${fieldColumns}${focusCss}${calmMotion}`;
  return ThemeBlueprint.make({
    name: `bailiwick-${colours.mode}`,
    params: {
      theme: {
        id: `bailiwick-${colours.mode}`,
        title,
        variant: colours.mode,
        icon,
        Provider: ({ children }) => (
          <UnifiedThemeProvider theme={theme} themeName="bailiwick">
            <style>{css}</style>
            {children}
          </UnifiedThemeProvider>
        ),
      },
    },
  });
}

/** @public */
export const lightTheme = themeExtension(
  light,
  'Bailiwick light',
  <LightIcon />,
);

/** @public */
export const darkTheme = themeExtension(dark, 'Bailiwick dark', <DarkIcon />);
