import { makeStyles, Typography } from '@material-ui/core';

/** A value at a time. */
export interface Sample {
  /** RFC 3339. */
  at: string;
  value: number;
}

const [width, height, margin] = [240, 56, 3];

const useStyles = makeStyles(theme => ({
  root: { margin: 0 },
  picture: {
    display: 'block',
    width: '100%',
    height,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  line: {
    fill: 'none',
    stroke: theme.palette.primary.main,
    strokeWidth: 2,
    vectorEffect: 'non-scaling-stroke',
  },
  legend: { display: 'flex', justifyContent: 'space-between' },
}));

/** A small line of values over time, above zero. */
export function Sparkline({
  samples,
  title,
  words,
}: {
  /** Oldest first, at least two. */
  samples: Sample[];
  title: string;
  /** A value with its unit. */
  words: (value: number) => string;
}) {
  const classes = useStyles();
  const values = samples.map(({ value }) => value);
  const [most, last] = [Math.max(...values), values[values.length - 1]];
  const times = samples.map(({ at }) => Date.parse(at));
  const [from, until] = [times[0], times[times.length - 1]];
  const points = samples.map(({ value }, index) => {
    const x = ((times[index] - from) / (until - from || 1)) * width;
    const y = height - margin - (value / (most || 1)) * (height - 2 * margin);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <figure className={classes.root}>
      <Typography variant="subtitle2" component="figcaption">
        {title}
      </Typography>
      <svg
        className={classes.picture}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}: ${words(last)} now, at most ${words(
          most,
        )}; the lower edge is zero`}
      >
        <polyline className={classes.line} points={points.join(' ')} />
      </svg>
      <div className={classes.legend}>
        <Typography variant="caption">now {words(last)}</Typography>
        <Typography variant="caption">most {words(most)}</Typography>
      </div>
    </figure>
  );
}
