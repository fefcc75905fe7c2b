import { HighlightedSearchResultText } from '@backstage/plugin-search-react';
import { alpha, Chip, makeStyles, Typography } from '@material-ui/core';
import type { SearchEntry } from './SearchEntry';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(0.25),
    minWidth: 0,
    overflowWrap: 'anywhere',
    '& mark': {
      background: alpha(theme.palette.primary.main, 0.18),
      // Secondary text would have too little contrast on this background.
      color: theme.palette.text.primary,
      borderRadius: 2,
    },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(1),
  },
  title: { fontWeight: 600 },
  chip: { margin: 0, height: 20 },
  text: {
    display: '-webkit-box',
    overflow: 'hidden',
    '-webkit-box-orient': 'vertical',
    '-webkit-line-clamp': 2,
  },
}));

/** Title, kind, place and sentence of an entry, with the words that match. */
export function EntrySummary({
  entry: { context, highlight, kind, text, title },
}: {
  entry: SearchEntry;
}) {
  const classes = useStyles();
  const marked = (field: 'title' | 'text', plain: string) => {
    const found = highlight?.fields[field];
    return highlight && found ? (
      <HighlightedSearchResultText
        text={found}
        preTag={highlight.preTag}
        postTag={highlight.postTag}
      />
    ) : (
      plain
    );
  };
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <Typography component="span" className={classes.title}>
          {marked('title', title)}
        </Typography>
        <Chip
          className={classes.chip}
          size="small"
          variant="outlined"
          label={kind}
        />
        {context && (
          <Typography component="span" variant="body2" color="textSecondary">
            {context}
          </Typography>
        )}
      </div>
      {text && (
        <Typography
          className={classes.text}
          variant="body2"
          color="textSecondary"
        >
          {marked('text', text)}
        </Typography>
      )}
    </div>
  );
}
