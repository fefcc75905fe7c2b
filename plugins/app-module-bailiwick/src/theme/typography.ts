import type { BackstageTypography } from '@backstage/theme';

/**
 * Inter where the portal ships it or the reader has it, and the system's typeface elsewhere. The last ones are those of
 * emoji on macOS, Windows and Linux.
 */
export const fontFamily =
  "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif, " +
  "'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji'";

/** Type scale: sizes in pixels, in steps of about 1.2 from 14 to 32. */
export const typography: BackstageTypography = {
  htmlFontSize: 16,
  fontFamily,
  h1: { fontSize: 32, fontWeight: 700, marginBottom: 8 },
  h2: { fontSize: 28, fontWeight: 700, marginBottom: 8 },
  h3: { fontSize: 24, fontWeight: 700, marginBottom: 6 },
  h4: { fontSize: 20, fontWeight: 650, marginBottom: 6 },
  h5: { fontSize: 17, fontWeight: 650, marginBottom: 4 },
  h6: { fontSize: 15, fontWeight: 650, marginBottom: 2 },
};
