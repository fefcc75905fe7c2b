import { Link } from '@backstage/core-components';
import { makeStyles, Typography } from '@material-ui/core';
import { EntrySummary } from './EntrySummary';
import type { SearchEntry } from './SearchEntry';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: { borderBottom: `1px solid ${theme.palette.divider}` },
  link: {
    display: 'block',
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
  entries,
  onOpen,
  title,
}: {
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
        {entries.map(entry => (
          <li key={entry.location} className={classes.item}>
            <Link
              className={classes.link}
              to={entry.location}
              onClick={() => onOpen(entry)}
            >
              <EntrySummary entry={entry} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
