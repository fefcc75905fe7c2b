import type {
  Health,
  Stale,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { Chip, makeStyles, type Theme } from '@material-ui/core';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HelpIcon from '@material-ui/icons/Help';
import PauseCircleFilledIcon from '@material-ui/icons/PauseCircleFilled';
import SyncIcon from '@material-ui/icons/Sync';
import WarningIcon from '@material-ui/icons/Warning';
import { readableColor } from '../layout/readableColor';
import { useLostSource } from '../live/lostSource';

/** Icon of each health state, and its color if it has one. */
const looks: Record<
  Health,
  {
    Icon: typeof ErrorIcon;
    color?: 'success' | 'info' | 'warning' | 'error';
  }
> = {
  Healthy: { Icon: CheckCircleIcon, color: 'success' },
  Progressing: { Icon: SyncIcon, color: 'info' },
  Degraded: { Icon: WarningIcon, color: 'warning' },
  Failed: { Icon: ErrorIcon, color: 'error' },
  Suspended: { Icon: PauseCircleFilledIcon },
  Unknown: { Icon: HelpIcon },
};

const useStyles = makeStyles(({ palette }) => ({
  root: {
    margin: 0,
    backgroundColor: 'transparent',
    color: palette.text.primary,
    border: `1px solid ${palette.divider}`,
  },
  stale: {
    margin: 0,
    backgroundColor: 'transparent',
    color: palette.text.secondary,
    border: `1px dashed ${palette.text.secondary}`,
  },
}));

const useIconStyles = makeStyles<Theme, { health: Health; isStale: boolean }>(
  ({ palette }) => ({
    root: {
      color: ({ health, isStale }) =>
        readableColor(palette, isStale ? undefined : looks[health].color),
    },
  }),
);

/** Icon of a health state in its color, gray while stale; for use next to the word. @public */
export function HealthIcon({
  className = '',
  health,
  isStale = false,
}: {
  className?: string;
  health: Health;
  /** Whether the state is stale; it is also gray if the surrounding page is stale. */
  isStale?: boolean;
}) {
  const lost = useLostSource();
  const { root } = useIconStyles({
    health,
    isStale: isStale || lost !== undefined,
  });
  const { Icon } = looks[health];
  return (
    <Icon className={`${className} ${root}`} fontSize="small" aria-hidden />
  );
}

/** A health state with its color and icon. A stale state is gray, with a dashed border and the word "stale". @public */
export function HealthChip({
  health,
  stale,
}: {
  health: Health;
  /** Present while the cluster does not respond; the chip is also stale if the surrounding page is stale. */
  stale?: Stale;
}) {
  const { root, stale: staleRoot } = useStyles();
  const isStale = useLostSource() !== undefined || stale !== undefined;
  return (
    <Chip
      classes={{ root: isStale ? staleRoot : root }}
      size="small"
      variant="outlined"
      label={isStale ? `${health} (stale)` : health}
      icon={<HealthIcon health={health} isStale={isStale} />}
    />
  );
}
