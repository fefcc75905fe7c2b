import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { Chip, makeStyles, type Theme } from '@material-ui/core';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HelpIcon from '@material-ui/icons/Help';
import PauseCircleFilledIcon from '@material-ui/icons/PauseCircleFilled';
import SyncIcon from '@material-ui/icons/Sync';
import WarningIcon from '@material-ui/icons/Warning';

const icons: Record<Health, typeof ErrorIcon> = {
  Healthy: CheckCircleIcon,
  Progressing: SyncIcon,
  Degraded: WarningIcon,
  Failed: ErrorIcon,
  Suspended: PauseCircleFilledIcon,
  Unknown: HelpIcon,
};

function colour(theme: Theme, health: Health): string {
  const { palette } = theme;
  const shade = palette.type === 'dark' ? 'light' : 'dark';
  switch (health) {
    case 'Healthy':
      return palette.success[shade];
    case 'Progressing':
      return palette.info[shade];
    case 'Degraded':
      return palette.warning[shade];
    case 'Failed':
      return palette.error[shade];
    default:
      return palette.text.secondary;
  }
}

const useStyles = makeStyles<Theme, { health: Health }>(theme => ({
  root: {
    margin: 0,
    backgroundColor: 'transparent',
    color: theme.palette.text.primary,
    border: `1px solid ${theme.palette.divider}`,
  },
  icon: { color: ({ health }) => colour(theme, health) },
}));

const useIconStyles = makeStyles<Theme, { health: Health }>(theme => ({
  root: { color: ({ health }) => colour(theme, health) },
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
  const Icon = icons[health];
  return (
    <Icon className={`${className} ${root}`} fontSize="small" aria-hidden />
  );
}

/** A health word with its colour and icon. */
export function HealthChip({ health }: { health: Health }) {
  const classes = useStyles({ health });
  const Icon = icons[health];
  return (
    <Chip
      classes={classes}
      size="small"
      variant="outlined"
      label={health}
      icon={<Icon fontSize="small" aria-hidden />}
    />
  );
}
