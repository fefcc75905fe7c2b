import { appThemeApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useTheme } from '@material-ui/core';
import { useEffect } from 'react';

let drawnIn: string | undefined;
let isLeaving = false;
const leavingMs = 5_000;

/**
 * Reloads the page when its theme changes. All elements are drawn again in any case, and Material UI 4 keeps the style
 * sheets of discarded renderings with the colors of the previous theme. A page that is being left is not reloaded: its
 * colors can change for a moment, and the reload would lead back to it.
 */
export function ThemeReload() {
  const { palette } = useTheme();
  const theme = useApi(appThemeApiRef).getActiveThemeId() ?? palette.type;
  useEffect(() => {
    const leave = () => {
      isLeaving = true;
      // People can stay, to keep what they have not saved.
      setTimeout(() => {
        isLeaving = false;
      }, leavingMs);
    };
    window.addEventListener('beforeunload', leave);
    return () => window.removeEventListener('beforeunload', leave);
  }, []);
  useEffect(() => {
    drawnIn ??= theme;
    if (theme !== drawnIn && !isLeaving) window.location.reload();
  }, [theme]);
  return null;
}
