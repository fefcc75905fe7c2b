import { makeStyles } from '@material-ui/core';
import Skeleton from '@material-ui/lab/Skeleton';
import { lazy, Suspense } from 'react';
import { chartPoints, type ChartMarker, type ChartPoint } from './chartPoints';

/** Height of the drawing, pixels. */
export const chartHeight = 160;

// Only pages with charts load the library.
const ChartDrawing = lazy(() =>
  import('./ChartDrawing').then(m => ({ default: m.ChartDrawing })),
);

const useStyles = makeStyles(theme => ({
  root: { margin: 0, minWidth: 0 },
  title: {
    display: 'flex',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
    ...theme.typography.subtitle2,
  },
}));

/** A line chart over time that starts at zero; dashed lines mark deployments. */
export function LineChart({
  format,
  interval,
  markers = [],
  now: headline,
  points,
  title,
}: {
  format: (value: number) => string;
  /** Seconds between two samples; where more are missing, the line has a gap. */
  interval?: number;
  markers?: ChartMarker[];
  /** Value in the headline; the newest one by default. */
  now?: number;
  /** Oldest first. */
  points: ChartPoint[];
  /** With the unit. */
  title: string;
}) {
  const classes = useStyles();
  const drawn = chartPoints(points, interval);
  const values = drawn.flatMap(({ value }) => value ?? []);
  const newest = headline ?? values.at(-1);
  const now = newest === undefined ? 'none' : format(newest);
  return (
    <figure className={classes.root}>
      <figcaption className={classes.title}>
        <span>{title}</span>
        <span>{now}</span>
      </figcaption>
      <div
        role="img"
        aria-label={
          values.length > 0
            ? `${title}: ${now} now, ${format(Math.max(...values, 0))} at most`
            : `${title}: none`
        }
      >
        <Suspense fallback={<Skeleton variant="rect" height={chartHeight} />}>
          <ChartDrawing
            format={format}
            height={chartHeight}
            markers={markers}
            points={drawn}
            title={title}
          />
        </Suspense>
      </div>
    </figure>
  );
}
