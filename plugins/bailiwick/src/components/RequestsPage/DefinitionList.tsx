import { makeStyles, Typography } from '@material-ui/core';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    columnGap: theme.spacing(2),
    rowGap: theme.spacing(0.5),
    margin: 0,
    ...theme.typography.body2,
  },
  term: { color: theme.palette.text.secondary },
  definition: { margin: 0, overflowWrap: 'anywhere' },
}));

/** A heading with terms and what they mean; nothing when there are none. */
export function DefinitionList({
  entries,
  title,
}: {
  entries: [term: string, definition: string][];
  title: string;
}) {
  const classes = useStyles();
  if (entries.length === 0) return null;
  return (
    <section>
      <Typography variant="h6" component="h3" gutterBottom>
        {title}
      </Typography>
      <dl className={classes.list}>
        {entries.map(([term, definition]) => [
          <dt key={`${term} term`} className={classes.term}>
            {term}
          </dt>,
          <dd key={term} className={classes.definition}>
            {definition}
          </dd>,
        ])}
      </dl>
    </section>
  );
}
