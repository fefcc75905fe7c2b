import { LinearProgress } from '@material-ui/core';

/** How full a limit is, in another colour when it is nearly full. */
export function UsageBar({
  label,
  share,
}: {
  label: string;
  /** 0 to 1. */
  share: number;
}) {
  return (
    <LinearProgress
      variant="determinate"
      style={{ minWidth: 80 }}
      value={Math.min(100, 100 * share)}
      color={share > 0.8 ? 'secondary' : 'primary'}
      aria-label={label}
    />
  );
}
