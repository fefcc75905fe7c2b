import { LinearProgress, makeStyles } from '@material-ui/core';

/** Share of a quota above which it counts as nearly used up. */
export const nearlyFull = 0.8;

const useStyles = makeStyles(theme => ({
  bar: {
    minWidth: 80,
    height: 6,
    borderRadius: 3,
    backgroundColor: theme.palette.divider,
  },
  full: { backgroundColor: theme.palette.warning.main },
}));

/** Shows how much of a quota is used; above 80% in the color of warnings. */
export function UsageBar({
  label,
  share,
}: {
  label: string;
  /** 0 to 1. */
  share: number;
}) {
  const classes = useStyles();
  return (
    <LinearProgress
      variant="determinate"
      className={classes.bar}
      classes={share > nearlyFull ? { bar: classes.full } : undefined}
      value={Math.min(100, 100 * share)}
      aria-label={label}
    />
  );
}
