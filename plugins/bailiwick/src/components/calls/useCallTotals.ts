import { useApi } from '@backstage/core-plugin-api';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useCallback, useMemo } from 'react';
import { usePolled } from './usePolled';

/** Returns the calls of the last 24 hours of apps, by `tenant/app`; empty while they load, with the error of the last load. */
export function useCallTotals() {
  const client = useApi(bailiwickApiRef);
  const load = useCallback(() => client.listCallTotals(), [client]);
  const { error, value } = usePolled(load);
  const totals = useMemo(
    () => new Map(value?.map(one => [`${one.tenant}/${one.app}`, one])),
    [value],
  );
  return { error: value ? undefined : error, totals };
}
