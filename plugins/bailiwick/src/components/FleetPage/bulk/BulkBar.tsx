import type { FleetRow } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import { bulkActions, targetsOf, type BulkAction } from './bulkPlan';
import type { Selection } from '../../selection/useSelection';

const titles: Record<BulkAction, string> = {
  restart: 'Restart…',
  pause: 'Pause…',
  resume: 'Resume…',
};

/** Actions for the selected apps; hidden without a selection. */
export function BulkBar({
  onAct,
  rows,
  selection: { chosen, clear },
}: {
  onAct: (action: BulkAction) => void;
  rows: FleetRow[];
  selection: Selection;
}) {
  const targets = targetsOf(rows, chosen);
  if (targets.length === 0) return null;
  return (
    <Stack direction="row" spacing={1} role="group" aria-label="Selected apps">
      <Typography variant="body2">{targets.length} selected:</Typography>
      {bulkActions.map(one => (
        <Button
          key={one}
          size="small"
          variant="outlined"
          onClick={() => onAct(one)}
        >
          {titles[one]}
        </Button>
      ))}
      <Button size="small" onClick={clear}>
        Clear selection
      </Button>
    </Stack>
  );
}
