import {
  AppRootElementBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { backstageIcons } from './backstageIcons';
import { errorDisplay } from './errorDisplay';
import { navigation } from './Navigation';
import { notFoundPage } from './notFoundPage';
import { pageLayout } from './pageLayout';
import { darkTheme, lightTheme } from './theme';
import { MarkupRepair } from './MarkupRepair';
import { ThemeReload } from './ThemeReload';

const freshPage = AppRootElementBlueprint.make({
  name: 'fresh-page',
  params: { element: <ThemeReload /> },
});

const markupRepair = AppRootElementBlueprint.make({
  name: 'markup-repair',
  params: { element: <MarkupRepair /> },
});

/** Bailiwick's themes, navigation and frame of pages. */
export const appModuleBailiwick = createFrontendModule({
  pluginId: 'app',
  extensions: [
    navigation,
    pageLayout,
    notFoundPage,
    errorDisplay,
    backstageIcons,
    lightTheme,
    darkTheme,
    freshPage,
    markupRepair,
  ],
});
