import {
  AppRootElementBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { navigation } from './Navigation';
import { darkTheme, lightTheme } from './theme';
import { ThemeReload } from './ThemeReload';

const freshPage = AppRootElementBlueprint.make({
  name: 'fresh-page',
  params: { element: <ThemeReload /> },
});

/** Bailiwick's themes and navigation. */
export const appModuleBailiwick = createFrontendModule({
  pluginId: 'app',
  extensions: [navigation, lightTheme, darkTheme, freshPage],
});
