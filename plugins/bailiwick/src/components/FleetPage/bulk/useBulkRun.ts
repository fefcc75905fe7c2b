import { useApi } from '@backstage/core-plugin-api';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useEach } from '../../selection/useEach';
import { idOfPlace, type BulkAction, type BulkTarget } from './bulkPlan';

/** Carries an action out, each target on its own; one that fails keeps no other back. */
export function useBulkRun(action: BulkAction) {
  const client = useApi(bailiwickApiRef);
  const { run, ...each } = useEach<BulkTarget>(({ place, row }) =>
    idOfPlace(row, place),
  );

  const act = ({ place, row }: BulkTarget): Promise<unknown> => {
    const app = client.inEnvironment({
      tenant: row.tenant,
      app: row.name,
      environment: place.name,
    });
    return action === 'restart'
      ? app.restart()
      : app.suspend({ suspended: action === 'pause' });
  };

  return { ...each, run: (targets: BulkTarget[]) => run(targets, act) };
}
