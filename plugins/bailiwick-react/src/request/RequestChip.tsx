import type { RequestState } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Chip, makeStyles, type Theme } from '@material-ui/core';
import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import SyncIcon from '@material-ui/icons/Sync';
import TimerOffIcon from '@material-ui/icons/TimerOff';
import UndoIcon from '@material-ui/icons/Undo';
import { readableColor } from '../layout/readableColor';

/** Icon of each state, and its color if it has one. */
const looks: Record<
  RequestState,
  {
    Icon: typeof ErrorIcon;
    color?: 'success' | 'info' | 'warning' | 'error';
  }
> = {
  Pending: { Icon: HourglassEmptyIcon, color: 'warning' },
  Approved: { Icon: SyncIcon, color: 'info' },
  Denied: { Icon: BlockIcon, color: 'error' },
  Withdrawn: { Icon: UndoIcon },
  Expired: { Icon: TimerOffIcon },
  Completed: { Icon: CheckCircleIcon, color: 'success' },
  Failed: { Icon: ErrorIcon, color: 'error' },
};

const useStyles = makeStyles<Theme, { state: RequestState }>(({ palette }) => ({
  root: {
    margin: 0,
    backgroundColor: 'transparent',
    color: palette.text.primary,
    border: `1px solid ${palette.divider}`,
  },
  icon: {
    color: ({ state }) => readableColor(palette, looks[state].color),
  },
}));

/** State of a request with its color and icon. @public */
export function RequestChip({ state }: { state: RequestState }) {
  const { icon, root } = useStyles({ state });
  const { Icon } = looks[state];
  return (
    <Chip
      classes={{ root }}
      size="small"
      variant="outlined"
      label={state}
      icon={<Icon className={icon} fontSize="small" aria-hidden />}
    />
  );
}
