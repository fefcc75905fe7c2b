import type { Theme } from '@material-ui/core';

/**
 * Returns the shade of a palette color that icons and text can have on the background of the theme (contrast of at
 * least 4.5:1); the color of secondary text by default. The colors of states are in `HealthChip` and `RequestChip`.
 *
 * @public
 */
export function readableColor(
  palette: Theme['palette'],
  color?: 'success' | 'info' | 'warning' | 'error',
): string {
  return color
    ? palette[color][palette.type === 'dark' ? 'light' : 'dark']
    : palette.text.secondary;
}
