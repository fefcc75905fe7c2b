import type { Theme } from '@material-ui/core';

/**
 * Returns the colour of icons and words of a state, with enough contrast in both themes; that of secondary text for a
 * state without a colour.
 */
export function stateColor(
  palette: Theme['palette'],
  color?: 'success' | 'info' | 'warning' | 'error',
): string {
  return color
    ? palette[color][palette.type === 'dark' ? 'light' : 'dark']
    : palette.text.secondary;
}
