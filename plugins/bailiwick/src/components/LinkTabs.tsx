import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Tab, Tabs } from '@material-ui/core';
import { useId, type ReactNode, type Ref } from 'react';
import { Link, type To } from 'react-router-dom';

const useStyles = makeStyles(({ palette }) => ({
  tab: {
    minWidth: 0,
    // In line with the content of the page.
    '&:first-child': { paddingLeft: 0 },
    // Backstage's theme has the colors of a light page here, in the dark theme, too.
    '&:hover': {
      opacity: 1,
      color: palette.text.primary,
      backgroundColor: palette.action.hover,
    },
  },
  // The first tab is in line with the content, too, where the tabs scroll.
  scrollButton: { '&.Mui-disabled': { display: 'none' } },
  panel: { outline: 'none' },
}));

/** Parts of a page, each at an address of its own; arrow keys move between their tabs. */
export function LinkTabs({
  children,
  label,
  panelRef,
  shown,
  tabs,
}: {
  /** The part that is shown. */
  children: ReactNode;
  label: string;
  /** The element around the part, to take the focus there. */
  panelRef?: Ref<HTMLDivElement>;
  /** Key of the part that is shown. */
  shown: string;
  tabs: { key: string; title: string; to: To }[];
}) {
  const classes = useStyles();
  const id = useId();
  return (
    <Stack spacing={3}>
      <Tabs
        value={shown}
        variant="scrollable"
        scrollButtons="auto"
        TabScrollButtonProps={{ className: classes.scrollButton }}
        indicatorColor="primary"
        aria-label={label}
      >
        {tabs.map(({ key, title, to }) => (
          <Tab
            key={key}
            id={`${id}-tab-${key}`}
            aria-controls={key === shown ? `${id}-panel` : undefined}
            className={classes.tab}
            label={title}
            value={key}
            component={Link}
            to={to}
          />
        ))}
      </Tabs>
      <div
        ref={panelRef}
        className={classes.panel}
        role="tabpanel"
        tabIndex={-1}
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${shown}`}
      >
        {children}
      </div>
    </Stack>
  );
}
