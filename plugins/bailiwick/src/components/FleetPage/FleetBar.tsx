import { makeStyles, MenuItem, TextField } from '@material-ui/core';
import ToggleButton from '@material-ui/lab/ToggleButton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import type { ReactNode } from 'react';
import { groupings } from './fleetGroups';
import { SavedViews } from './SavedViews';
import type { FleetViewState } from './useFleetView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
  },
  grouping: { minWidth: 130 },
  action: { marginLeft: 'auto' },
}));

/** How the apps are laid out, and views that were kept. */
export function FleetBar({
  action,
  isNarrow,
  view,
}: {
  action: ReactNode;
  /** Cards are the only layout of a narrow window. */
  isNarrow: boolean;
  view: FleetViewState;
}) {
  const classes = useStyles();
  const isBoard = isNarrow || view.view === 'board';
  return (
    <div className={classes.root}>
      {!isNarrow && (
        <ToggleButtonGroup
          exclusive
          size="small"
          value={view.view}
          aria-label="Layout"
          onChange={(_, chosen) => chosen && view.setView(chosen)}
        >
          <ToggleButton value="board">Board</ToggleButton>
          <ToggleButton value="table">Table</ToggleButton>
        </ToggleButtonGroup>
      )}
      <TextField
        select
        size="small"
        variant="outlined"
        id="group-apps"
        label="Group by"
        className={classes.grouping}
        value={view.grouping ?? (isBoard ? 'tenant' : 'nothing')}
        onChange={({ target }) =>
          view.setGrouping(target.value === 'nothing' ? '' : target.value)
        }
      >
        {!isBoard && <MenuItem value="nothing">Nothing</MenuItem>}
        {Object.entries(groupings).map(([key, title]) => (
          <MenuItem key={key} value={key}>
            {title}
          </MenuItem>
        ))}
      </TextField>
      <SavedViews view={view} />
      <div className={classes.action}>{action}</div>
    </div>
  );
}
