import { makeStyles, useTheme } from '@material-ui/core';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { ChartMarker, DrawnPoint } from './chartPoints';
import { formatTime } from './formatTime';

const useStyles = makeStyles(({ palette, shape, spacing, typography }) => ({
  tooltip: {
    ...typography.caption,
    padding: spacing(0.5, 1),
    color: palette.text.primary,
    backgroundColor: palette.background.paper,
    border: `1px solid ${palette.divider}`,
    borderRadius: shape.borderRadius,
  },
}));

/** Draws a line chart with recharts: axes from zero, deployments, and values on hover. */
export function ChartDrawing({
  format,
  height,
  markers,
  points,
  title,
}: {
  format: (value: number) => string;
  /** Pixels. */
  height: number;
  markers: ChartMarker[];
  /** Oldest first. */
  points: DrawnPoint[];
  title: string;
}) {
  const { palette } = useTheme();
  const hasValues = points.some(({ value }) => value !== undefined);
  const [from, to] = [points[0]?.time ?? 0, points.at(-1)?.time ?? 0];
  const axis = {
    stroke: palette.divider,
    tick: { fill: palette.text.secondary, fontSize: 11 },
    tickLine: false,
  };
  return (
    <ResponsiveContainer
      width="100%"
      height={height}
      initialDimension={{ width: 320, height }}
    >
      <LineChart
        data={points}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        // The chart is one image; the table has its values for the keyboard and for screen readers.
        accessibilityLayer={false}
      >
        {hasValues ? (
          <CartesianGrid vertical={false} stroke={palette.divider} />
        ) : (
          <text
            x="50%"
            y="45%"
            textAnchor="middle"
            fontSize={12}
            fill={palette.text.secondary}
          >
            No data
          </text>
        )}
        <XAxis
          {...axis}
          dataKey="time"
          type="number"
          // A single point is in the middle.
          domain={to > from ? [from, to] : [from - 1_000, to + 1_000]}
          tickCount={4}
          minTickGap={24}
          tickFormatter={time => formatTime(time, to - from)}
        />
        {hasValues && (
          <YAxis
            {...axis}
            axisLine={false}
            width="auto"
            domain={[0, 'auto']}
            tickCount={4}
            interval={0}
            tickFormatter={format}
          />
        )}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: palette.text.secondary }}
          content={({ active, payload }) => {
            const point: DrawnPoint | undefined = payload?.[0]?.payload;
            return active && point ? (
              <Values format={format} point={point} title={title} />
            ) : null;
          }}
        />
        {markers
          .filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= to)
          .map(marker => (
            <ReferenceLine
              key={marker.at}
              x={Date.parse(marker.at)}
              shape={({ x1, x2, y1, y2 }) => (
                <Deployment marker={marker} at={{ x1, x2, y1, y2 }} />
              )}
            />
          ))}
        <Line
          dataKey="value"
          type="linear"
          stroke={palette.primary.main}
          strokeWidth={2}
          isAnimationActive={false}
          activeDot={{ r: 4 }}
          dot={({ cx, cy, index, payload }) =>
            payload.isAlone ? (
              <circle
                key={index}
                cx={cx}
                cy={cy}
                r={3}
                fill={palette.primary.main}
              />
            ) : (
              <g key={index} />
            )
          }
        />
      </LineChart>
    </ResponsiveContainer>
  );
}

function Values({
  format,
  point: { time, value },
  title,
}: {
  format: (value: number) => string;
  point: DrawnPoint;
  title: string;
}) {
  const classes = useStyles();
  return (
    <div className={classes.tooltip}>
      <div>{new Date(time).toLocaleString([], { hour12: false })}</div>
      <div>
        {title}: {value === undefined ? 'no data' : format(value)}
      </div>
    </div>
  );
}

/** A dashed line that names the deployment on hover; its hover area is wider than the line. */
function Deployment({
  at,
  marker: { commits },
}: {
  at: Record<'x1' | 'x2' | 'y1' | 'y2', number | undefined>;
  marker: ChartMarker;
}) {
  const { palette } = useTheme();
  return (
    <g>
      <title>New code deployed: {commits.join(', ')}</title>
      <line {...at} stroke="transparent" strokeWidth={12} />
      <line {...at} stroke={palette.text.secondary} strokeDasharray="4 3" />
    </g>
  );
}
