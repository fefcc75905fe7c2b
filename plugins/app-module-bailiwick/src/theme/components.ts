import type { UnifiedThemeOptions } from '@backstage/theme';
import { focusRing, focusStyles } from './focusRing';
import type { Colours } from './palette';

/** Radius of buttons and fields, in pixels. */
export const radius = 8;

/**
 * Windows with a sidebar of icons, which opens above the page under a pointer or the focus: half windows, and laptops at
 * a zoom of 200 %. Backstage has the whole sidebar there, which takes a third of the width. Without a pointer that
 * hovers, nothing would open it.
 */
const mediumWindow =
  '@media screen and (min-width: 600px) and (max-width: 959.95px) and (hover: hover)';

/** Width of these icons up to the labels, in pixels. */
const iconsWidth = 56;

/** Styles of the components of Material UI and Backstage that differ from Backstage's own. */
export function componentStyles(
  colours: Colours,
): UnifiedThemeOptions['components'] {
  const { background, divider, error, navigation, primary, subtle, text } =
    colours;
  const line = `1px solid ${divider}`;
  const listPicker = {
    styleOverrides: {
      root: { backgroundColor: 'transparent', border: 0 },
      title: { margin: 0, fontSize: 14, textTransform: 'none' as const },
      groupWrapper: { margin: '4px 0 16px' },
    },
  };
  const raised = { boxShadow: 'none', border: line };
  return {
    ...focusStyles(colours),
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: {
        root: { borderRadius: radius, fontWeight: 600, textTransform: 'none' },
        outlined: { borderColor: divider, background: background.paper },
        // Backstage and our pages draw buttons that delete something as secondary ones.
        textSecondary: { color: error.main },
        outlinedSecondary: { borderColor: divider, color: error.main },
        containedSecondary: {
          color: error.contrastText,
          backgroundColor: error.main,
          '&:hover': { backgroundColor: error.main },
        },
      },
    },
    MuiPaper: {
      styleOverrides: {
        rounded: { borderRadius: radius + 2 },
        elevation1: raised,
      },
    },
    // Backstage leaves the element of headings to their size; cards and tables are parts of the second level. The small
    // sizes are labels and values.
    MuiTypography: {
      defaultProps: {
        variantMapping: {
          h1: 'h1',
          h2: 'h2',
          h3: 'h3',
          h4: 'h4',
          h5: 'h2',
          h6: 'div',
          subtitle1: 'div',
          subtitle2: 'div',
          body1: 'p',
          body2: 'p',
        },
      },
    },
    MuiTextField: { defaultProps: { variant: 'outlined' } },
    MuiOutlinedInput: { styleOverrides: { root: { borderRadius: radius } } },
    MuiToggleButton: {
      styleOverrides: {
        root: {
          color: text.secondary,
          fontWeight: 600,
          textTransform: 'none',
          '&&.Mui-selected': { color: text.primary, backgroundColor: subtle },
        },
      },
    },
    // With the margins and sizes of Backstage's theme, whose entry this one replaces.
    MuiChip: {
      styleOverrides: {
        root: {
          marginRight: 8,
          marginBottom: 8,
          backgroundColor: subtle,
          ...focusRing(colours, 'outside'),
        },
        label: { lineHeight: '20px', fontWeight: 500, fontSize: 14 },
        labelSmall: { fontSize: 12 },
        deleteIcon: { height: 24, width: 24, margin: '0 6px 0 -6px' },
        deleteIconSmall: { height: 16, width: 16, margin: '0 4px 0 -4px' },
      },
    },
    MuiCardHeader: {
      styleOverrides: {
        root: { paddingBottom: 0 },
        subheader: { fontSize: 14 },
        action: {
          alignSelf: 'center',
          marginTop: -8,
          marginRight: 0,
          marginBottom: -8,
        },
      },
    },
    // Steps of a form wrap on narrow windows; otherwise only a pointer could scroll to the last ones.
    MuiStepper: { styleOverrides: { root: { flexWrap: 'wrap', rowGap: 8 } } },
    MuiTooltip: { styleOverrides: { tooltip: { fontSize: 12 } } },
    MuiTab: {
      styleOverrides: {
        root: {
          color: text.secondary,
          fontWeight: 600,
          letterSpacing: 0,
          minWidth: 0,
          padding: '10px 12px',
          textTransform: 'none',
          '&:hover': { color: text.primary, background: 'none' },
          '&.Mui-selected': { color: text.primary },
          ...focusRing(colours, 'inside'),
        },
        textColorPrimary: { color: text.secondary },
      },
    },
    MuiTableRow: {
      styleOverrides: {
        root: { '&:nth-of-type(odd)': { backgroundColor: 'transparent' } },
        head: { '&:nth-of-type(odd)': { backgroundColor: 'transparent' } },
      },
    },
    MuiTableCell: {
      styleOverrides: {
        root: {
          borderBottom: line,
          lineHeight: 1.4,
          overflowWrap: 'break-word',
          padding: '12px 16px',
          wordBreak: 'normal',
        },
        sizeSmall: { padding: '8px 16px' },
        head: {
          color: text.secondary,
          fontSize: 12,
          fontWeight: 600,
          lineHeight: 1.4,
          wordBreak: 'normal',
        },
      },
    },
    // Eight columns and the actions fit beside the filters; some cells have a style of their own.
    BackstageTable: {
      styleOverrides: {
        root: {
          '& td, & th': { padding: '8px !important' },
          '& td:first-child, & th:first-child': {
            paddingLeft: '20px !important',
          },
        },
      },
    },
    BackstageIconLinkVertical: {
      styleOverrides: {
        label: { fontWeight: 500, letterSpacing: 0, textTransform: 'none' },
      },
    },
    BackstageTableHeader: {
      styleOverrides: { header: { textTransform: 'none' } },
    },
    BackstageTableToolbar: {
      styleOverrides: {
        // The title wraps beside the search field instead of losing its end.
        root: { flexWrap: 'wrap', minHeight: 0 },
        title: {
          flex: '1 1 auto',
          '& > h2, & > h6': { whiteSpace: 'normal', overflow: 'visible' },
        },
      },
    },
    // Titles and contents of cards begin at the same distance from the edge.
    BackstageInfoCard: {
      styleOverrides: {
        header: { padding: 16 },
        headerSubheader: { paddingTop: 4 },
      },
    },
    CatalogReactUserListPicker: listPicker,
    // Backstage's types do not list this one.
    ...{ ScaffolderReactOwnerListPicker: listPicker },
    PluginCatalogTableToolbar: {
      styleOverrides: {
        root: { flexWrap: 'wrap', paddingRight: 16 },
        text: { whiteSpace: 'normal' },
      },
    },
    BackstageSidebar: {
      styleOverrides: {
        drawer: {
          background: navigation.background,
          borderRight: line,
          [mediumWindow]: {
            '&:not(:hover):not(:has(:focus-visible))': {
              width: `${iconsWidth}px !important`,
            },
          },
        },
      },
    },
    BackstageSidebarPage: {
      styleOverrides: {
        root: {
          [mediumWindow]: {
            paddingLeft: `${iconsWidth}px !important`,
          },
        },
      },
    },
    BackstageSidebarItem: {
      styleOverrides: {
        root: { height: 40, ...focusRing(colours, 'inside') },
        label: { fontWeight: 500 },
        selected: {
          background: subtle,
          '& $label': { fontWeight: 600 },
          '&$root': {
            borderLeft: `3px solid ${primary.main}`,
            color: navigation.selectedColor,
          },
        },
      },
    },
    BackstageHeader: {
      styleOverrides: {
        header: {
          backgroundImage: 'none',
          backgroundColor: background.paper,
          borderBottom: line,
          boxShadow: 'none',
        },
        title: { color: text.primary },
        subtitle: { color: text.secondary },
        type: { color: text.secondary },
        breadcrumbTitle: { color: text.primary },
      },
    },
    BackstageItemCardHeader: {
      styleOverrides: { root: { color: text.primary, padding: 16 } },
    },
  };
}
