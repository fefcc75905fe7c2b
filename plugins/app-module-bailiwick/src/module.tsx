import {
  AppRootElementBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { templateCard } from './alphaExtensions';
import { navigation } from './Navigation';
import { darkTheme, lightTheme } from './theme';
import { ThemeReload } from './ThemeReload';

const freshPage = AppRootElementBlueprint.make({
  name: 'fresh-page',
  params: { element: <ThemeReload /> },
});

/** Bailiwick's themes, navigation and template cards. */
export const appModuleBailiwick = createFrontendModule({
  pluginId: 'app',
  extensions: [navigation, lightTheme, darkTheme, freshPage, templateCard],
});
