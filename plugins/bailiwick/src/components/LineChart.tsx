import { makeStyles, useTheme } from '@material-ui/core';
import { RelativeTime } from '@bailiwick/backstage-plugin-bailiwick-react';

const width = 320;
const height = 120;
/** Radius of a point without neighbours, which a line does not show. */
const dot = 2.5;

const useStyles = makeStyles(theme => ({
  root: { margin: 0, minWidth: 0 },
  chart: { width: '100%', height: 'auto', display: 'block' },
  title: { ...theme.typography.subtitle2 },
  tick: { fill: theme.palette.text.secondary, fontSize: 10 },
  ends: {
    ...theme.typography.caption,
    color: theme.palette.text.secondary,
    display: 'flex',
    justifyContent: 'space-between',
  },
}));

/** A deployment. */
export interface ChartMarker {
  at: string;
  commits: string[];
}

/** One value at one time. */
interface ChartPoint {
  at: string;
  /** Absent where there was nothing to measure. */
  value?: number;
}

/** A line chart over time that starts at zero; dashed lines mark deployments. */
export function LineChart({
  format,
  markers = [],
  now: headline,
  points,
  title,
}: {
  format: (value: number) => string;
  markers?: ChartMarker[];
  /** Value in the headline; the newest one by default. */
  now?: number;
  points: ChartPoint[];
  /** With the unit. */
  title: string;
}) {
  const classes = useStyles();
  const { palette } = useTheme();
  const values = points.flatMap(({ value }) => value ?? []);
  const most = Math.max(...values, 0);
  const newest = headline ?? values.at(-1);
  const from = Date.parse(points[0]?.at ?? '');
  const to = Date.parse(points.at(-1)?.at ?? '');
  const x = (at: string) =>
    to > from ? ((Date.parse(at) - from) / (to - from)) * width : width;
  const y = (value: number) =>
    most > 0 ? height - (value / most) * (height - 8) : height;
  const now = newest === undefined ? 'none' : format(newest);
  return (
    <figure className={classes.root}>
      <figcaption className={classes.title}>
        {title}: {now}
      </figcaption>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${width} ${height + 2}`}
        role="img"
        aria-label={
          values.length > 0
            ? `${title}: ${now} now, ${format(most)} at most`
            : `${title}: none`
        }
      >
        <line
          x1={0}
          x2={width}
          y1={height}
          y2={height}
          stroke={palette.divider}
        />
        {most > 0 && (
          <>
            <line x1={0} x2={width} y1={8} y2={8} stroke={palette.divider} />
            <text className={classes.tick} x={2} y={18}>
              {format(most)}
            </text>
          </>
        )}
        {values.length > 0 && (
          <text className={classes.tick} x={2} y={height - 3}>
            {format(0)}
          </text>
        )}
        {markers.map(({ at, commits }) => (
          <line
            key={at}
            x1={x(at)}
            x2={x(at)}
            y1={0}
            y2={height}
            stroke={palette.text.secondary}
            strokeDasharray="4 3"
          >
            <title>New code deployed: {commits.join(', ')}</title>
          </line>
        ))}
        {lonely(points).map(({ at, value }) => (
          <circle
            key={at}
            cx={Math.min(Math.max(x(at), dot), width - dot)}
            cy={y(value)}
            r={dot}
            fill={palette.primary.main}
          />
        ))}
        <path
          d={pathOf(points, x, y)}
          fill="none"
          stroke={palette.primary.main}
          strokeWidth={2}
        />
      </svg>
      <div className={classes.ends}>
        <RelativeTime at={points[0]?.at} />
        <span>now</span>
      </div>
    </figure>
  );
}

/** Returns the points with a value whose neighbours have none. */
function lonely(points: ChartPoint[]): { at: string; value: number }[] {
  const isEmpty = (point?: ChartPoint) => point?.value === undefined;
  return points.flatMap(({ at, value }, position) =>
    value !== undefined &&
    isEmpty(points[position - 1]) &&
    isEmpty(points[position + 1])
      ? [{ at, value }]
      : [],
  );
}

/** Returns the SVG path of a line, with gaps where there is no value. */
function pathOf(
  points: ChartPoint[],
  x: (at: string) => number,
  y: (value: number) => number,
): string {
  let isDrawing = false;
  return points
    .map(({ at, value }) => {
      if (value === undefined) {
        isDrawing = false;
        return '';
      }
      const command = isDrawing ? 'L' : 'M';
      isDrawing = true;
      return `${command}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
}
