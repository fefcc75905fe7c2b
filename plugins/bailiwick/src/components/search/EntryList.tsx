import { Link } from '@backstage/core-components';
import { makeStyles, Typography } from '@material-ui/core';
import type { ReactNode } from 'react';
import { EntrySummary } from './EntrySummary';
import type { SearchEntry } from './SearchEntry';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(1),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  action: { padding: theme.spacing(1), '&:empty': { display: 'none' } },
  link: {
    flex: '1 1 240px',
    minWidth: 0,
    padding: theme.spacing(1.5, 1),
    color: 'inherit',
    '&:hover, &:focus-visible': {
      background: theme.palette.action.hover,
      textDecoration: 'none',
    },
  },
}));

/** Entries as links, under a heading. */
export function EntryList({
  actionOf,
  entries,
  onOpen,
  title,
}: {
  /** Returns the action of an entry; nothing if absent. */
  actionOf?: (entry: SearchEntry) => ReactNode;
  entries: SearchEntry[];
  /** Called when the reader opens an entry. */
  onOpen: (entry: SearchEntry) => void;
  title: string;
}) {
  const classes = useStyles();
  return (
    <section>
      <Typography variant="subtitle2" component="h2" color="textSecondary">
        {title}
      </Typography>
      <ul className={classes.list} aria-label={title}>
        {entries.map(entry => {
          const action = actionOf?.(entry);
          return (
            <li key={entry.location} className={classes.item}>
              <Link
                className={classes.link}
                to={entry.location}
                onClick={() => onOpen(entry)}
              >
                <EntrySummary entry={entry} />
              </Link>
              {action && <div className={classes.action}>{action}</div>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
