import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import ToggleButton from '@material-ui/lab/ToggleButton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import type { ReactNode } from 'react';
import { SelectField } from '../SelectField';
import { groupings } from './fleetGroups';
import { SavedViews } from './SavedViews';
import type { FleetViewState } from './useFleetView';

/** Chooses the layout of the apps, and offers saved views. */
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
  const isBoard = isNarrow || view.view === 'board';
  return (
    <Stack direction="row" spacing={1.5}>
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
      <SelectField
        label="Group by"
        value={view.grouping ?? (isBoard ? 'tenant' : '')}
        options={[
          ...(isBoard ? [] : [{ value: '', label: 'None' }]),
          ...Object.entries(groupings).map(([value, label]) => ({
            value,
            label,
          })),
        ]}
        onChange={view.setGrouping}
      />
      <SavedViews view={view} />
      <div style={{ marginLeft: 'auto' }}>{action}</div>
    </Stack>
  );
}
