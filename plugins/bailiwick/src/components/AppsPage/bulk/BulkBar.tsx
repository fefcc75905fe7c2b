import type {
  FleetRow,
  FleetTenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { Button, makeStyles, Typography } from '@material-ui/core';
import { useState } from 'react';
import { BulkDialog } from './BulkDialog';
import { bulkActions, targetsOf, type BulkAction } from './bulkPlan';
import type { Selection } from './useSelection';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
}));

const titles: Record<BulkAction, string> = {
  restart: 'Restart…',
  pause: 'Pause…',
  resume: 'Resume…',
};

/** What can be done with the chosen apps; nothing while none is chosen. */
export function BulkBar({
  rows,
  selection: { chosen, clear },
  tenants,
}: {
  rows: FleetRow[];
  selection: Selection;
  tenants: FleetTenant[];
}) {
  const classes = useStyles();
  const [action, setAction] = useState<BulkAction>();
  const targets = targetsOf(rows, chosen);
  if (targets.length === 0 && !action) return null;
  return (
    <div className={classes.root} role="group" aria-label="Chosen apps">
      <Typography variant="body2">{targets.length} chosen:</Typography>
      {bulkActions.map(one => (
        <Button
          key={one}
          size="small"
          variant="outlined"
          onClick={() => setAction(one)}
        >
          {titles[one]}
        </Button>
      ))}
      <Button size="small" onClick={clear}>
        Choose none
      </Button>
      {action && (
        <BulkDialog
          action={action}
          targets={targets}
          tenants={tenants}
          onClose={() => setAction(undefined)}
        />
      )}
    </div>
  );
}
