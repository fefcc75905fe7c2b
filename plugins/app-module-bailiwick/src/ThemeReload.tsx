import { appThemeApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useTheme } from '@material-ui/core';
import { useEffect } from 'react';

let drawnIn: string | undefined;

/**
 * Loads the page anew when its theme changes. The whole page is drawn anew then anyway, and
 * Material UI 4 keeps the style sheets of what React began to draw and threw away, in the colours of
 * the theme before.
 */
export function ThemeReload() {
  const { palette } = useTheme();
  const theme = useApi(appThemeApiRef).getActiveThemeId() ?? palette.type;
  useEffect(() => {
    drawnIn ??= theme;
    if (theme !== drawnIn) window.location.reload();
  }, [theme]);
  return null;
}
