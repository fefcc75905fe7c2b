import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { Chip, makeStyles, type Theme } from '@material-ui/core';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HelpIcon from '@material-ui/icons/Help';
import PauseCircleFilledIcon from '@material-ui/icons/PauseCircleFilled';
import SyncIcon from '@material-ui/icons/Sync';
import WarningIcon from '@material-ui/icons/Warning';

/** Icon of a health word, and its colour where it has one. */
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
}));

const useIconStyles = makeStyles<Theme, { health: Health }>(({ palette }) => ({
  root: {
    color: ({ health }) => {
      const { color } = looks[health];
      return color
        ? palette[color][palette.type === 'dark' ? 'light' : 'dark']
        : palette.text.secondary;
    },
  },
}));

/** The icon of a health word in its colour; the word stands beside it. */
export function HealthIcon({
  className = '',
  health,
}: {
  className?: string;
  health: Health;
}) {
  const { root } = useIconStyles({ health });
  const { Icon } = looks[health];
  return (
    <Icon className={`${className} ${root}`} fontSize="small" aria-hidden />
  );
}

/** A health word with its colour and icon. */
export function HealthChip({ health }: { health: Health }) {
  return (
    <Chip
      classes={useStyles()}
      size="small"
      variant="outlined"
      label={health}
      icon={<HealthIcon health={health} />}
    />
  );
}
