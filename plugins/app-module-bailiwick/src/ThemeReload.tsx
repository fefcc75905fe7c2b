import { appThemeApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useTheme } from '@material-ui/core';
import { useEffect } from 'react';

let drawnIn: string | undefined;

/**
 * Reloads the page when its theme changes. All elements are drawn again in any case, and Material UI 4 keeps the style
 * sheets of discarded renderings with the colors of the previous theme.
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
