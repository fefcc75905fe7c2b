import { makeStyles } from '@material-ui/core';

const useStyles = makeStyles(({ palette }) => ({
  root: { display: 'block', width: '100%' },
  area: { fill: palette.primary.main, fillOpacity: 0.35 },
  line: {
    fill: 'none',
    stroke: palette.primary.main,
    strokeWidth: 1.5,
    vectorEffect: 'non-scaling-stroke',
  },
  zero: {
    stroke: palette.divider,
    strokeWidth: 1,
    vectorEffect: 'non-scaling-stroke',
  },
}));

/** Draws values over time as an area above zero. Where values are missing, the area has a gap. */
export function AreaSparkline({
  height,
  label,
  values,
}: {
  /** Pixels. */
  height: number;
  label: string;
  /** Oldest first, one per time slot. */
  values: (number | undefined)[];
}) {
  const classes = useStyles();
  const most = Math.max(...values.map(value => value ?? 0)) || 1;
  const yOf = (value: number) => height - 1 - ((height - 3) * value) / most;
  return (
    <svg
      className={classes.root}
      viewBox={`0 0 ${values.length} ${height}`}
      height={height}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path className={classes.zero} d={`M0 ${height - 1}H${values.length}`} />
      {runsOf(values).map(({ from, known }) => {
        // Each value holds for its whole slot, so that a single one is visible.
        const steps = known
          .map((value, slot) => `${yOf(value)}H${from + slot + 1}`)
          .join('V');
        return (
          <g key={from}>
            <path
              className={classes.area}
              d={`M${from} ${height - 1}V${steps}V${height - 1}Z`}
            />
            <path className={classes.line} d={`M${from} ${steps}`} />
          </g>
        );
      })}
    </svg>
  );
}

/** Returns the runs of values without a gap, each with the slot of its first value. */
function runsOf(values: (number | undefined)[]) {
  const runs: { from: number; known: number[] }[] = [];
  values.forEach((value, slot) => {
    if (value === undefined) return;
    const last = runs.at(-1);
    if (last && last.from + last.known.length === slot) last.known.push(value);
    else runs.push({ from: slot, known: [value] });
  });
  return runs;
}
