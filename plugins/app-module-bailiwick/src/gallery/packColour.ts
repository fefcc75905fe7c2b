import type { PackColour } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Theme } from '@material-ui/core';
import {
  amber,
  blue,
  brown,
  deepPurple,
  green,
  grey,
  red,
  teal,
} from '@material-ui/core/colors';

/** Shades with at least AA contrast (4.5:1) on the papers of both themes. */
export const packShades: Record<PackColour, { light: string; dark: string }> = {
  blue: { light: blue[800], dark: blue[200] },
  teal: { light: teal[800], dark: teal[200] },
  green: { light: green[900], dark: green[200] },
  amber: { light: brown[600], dark: amber[200] },
  red: { light: red[800], dark: red[200] },
  purple: { light: deepPurple[700], dark: deepPurple[100] },
  grey: { light: grey[700], dark: grey[300] },
};

/** Returns the shade of a pack's color in a theme; gray for packs without one. */
export function packShade(
  colour: PackColour | undefined,
  { palette }: Theme,
): string {
  return packShades[colour ?? 'grey'][palette.type];
}
