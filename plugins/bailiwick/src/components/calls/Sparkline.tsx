import type { CallHistoryView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { makeStyles } from '@material-ui/core';

const useStyles = makeStyles(({ palette }) => ({
  root: { display: 'block', width: '100%' },
  calls: { fill: palette.primary.main },
  errors: { fill: palette.error.main },
  axis: { fill: palette.divider },
  zero: { fill: palette.text.hint },
}));

/**
 * Draws calls as bars on an axis, with errors in the lower part. The axis is darker where a time without calls was
 * counted.
 */
export function Sparkline({
  height = 56,
  label,
  points,
}: {
  /** Pixels. */
  height?: number;
  label: string;
  points: CallHistoryView['points'];
}) {
  const classes = useStyles();
  const most = Math.max(1, ...points.map(({ calls }) => calls || 0));
  const heightOf = (count: number) =>
    count > 0 ? Math.max(2, ((height - 1) * count) / most) : 0;
  return (
    <svg
      className={classes.root}
      viewBox={`0 0 ${points.length} ${height}`}
      height={height}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect
        className={classes.axis}
        y={height - 1}
        width={points.length}
        height={1}
      />
      {points.map(({ at, calls, errors = 0 }, x) => {
        if (!Number.isFinite(calls)) return null;
        const [all, failed] = [heightOf(calls!), heightOf(errors)];
        return (
          <g key={at}>
            <rect
              className={classes.zero}
              x={x}
              y={height - 1}
              width={1}
              height={1}
            />
            <rect
              className={classes.calls}
              x={x + 0.1}
              y={height - all}
              width={0.8}
              height={all}
            />
            <rect
              className={classes.errors}
              x={x + 0.1}
              y={height - failed}
              width={0.8}
              height={failed}
            />
          </g>
        );
      })}
    </svg>
  );
}
