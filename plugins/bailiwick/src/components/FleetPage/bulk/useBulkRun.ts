import { useApi } from '@backstage/core-plugin-api';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useState } from 'react';
import { idOfPlace, type BulkAction, type BulkTarget } from './bulkPlan';

/** How far an action is with one target. */
export type BulkResult =
  | { state: 'waiting' | 'running' | 'done' }
  | { state: 'failed'; why: string };

/** So many at a time, which leaves the API server time for others. */
const atOnce = 4;

/** Carries an action out, each target on its own; one that fails keeps no other back. */
export function useBulkRun(action: BulkAction) {
  const client = useApi(bailiwickApiRef);
  const [results, setResults] = useState<Record<string, BulkResult>>({});
  const [isRunning, setRunning] = useState(false);

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

  const run = async (targets: BulkTarget[]): Promise<void> => {
    const tell = ({ place, row }: BulkTarget, result: BulkResult) =>
      setResults(before => ({ ...before, [idOfPlace(row, place)]: result }));
    targets.forEach(target => tell(target, { state: 'waiting' }));
    setRunning(true);
    const rest = targets.values();
    const work = async () => {
      for (const target of rest) {
        tell(target, { state: 'running' });
        await act(target).then(
          () => tell(target, { state: 'done' }),
          ({ message }: Error) =>
            tell(target, { state: 'failed', why: message }),
        );
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    setRunning(false);
  };

  return {
    isRunning,
    run,
    resultOf: ({ place, row }: BulkTarget): BulkResult | undefined =>
      results[idOfPlace(row, place)],
  };
}
