import type { UnifiedThemeOptions } from '@backstage/theme';
import type { Colours } from './palette';

/** Returns the outline of the element that has the keyboard focus, outside or inside its edge. */
export function focusRing({ primary }: Colours, side: 'inside' | 'outside') {
  return {
    // Boxes and switches have their focus in a hidden input, so Material UI marks them with a class.
    '&:focus-visible, &.Mui-focusVisible': {
      outline: `2px solid ${primary.main}`,
      outlineOffset: side === 'inside' ? -2 : 2,
    },
  };
}

/** Styles that show the keyboard focus of Material UI's components as an outline, like that of links. */
export function focusStyles(colours: Colours) {
  const inside = { styleOverrides: { root: focusRing(colours, 'inside') } };
  return {
    MuiButtonBase: {
      styleOverrides: { root: focusRing(colours, 'outside') },
    },
    // The outline replaces the pulsing disc.
    MuiTouchRipple: {
      styleOverrides: { ripplePulsate: { display: 'none' } },
    },
    MuiCardActionArea: {
      styleOverrides: {
        root: focusRing(colours, 'inside'),
        focusHighlight: { display: 'none' },
      },
    },
    MuiAccordionSummary: inside,
    MuiListItem: inside,
  } satisfies UnifiedThemeOptions['components'];
}

/**
 * CSS of the same outline for links and plain buttons; components may move it. Backstage UI draws the outline itself, in
 * tabs with an element of its own.
 */
export const focusCss =
  ":where([data-theme-name='bailiwick']) :is(a,button):not(:where([class*='bui-'])):focus-visible{outline:2px solid var(--bui-ring);outline-offset:2px}";
