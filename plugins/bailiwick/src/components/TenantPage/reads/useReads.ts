import { useApi } from '@backstage/core-plugin-api';
import type { ReadsView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useDownload } from '../../useDownload';

const pageSize = 100;

/** Reads of a tenant's apps, newest first, and the ways to get older ones. */
export function useReads(tenant: string) {
  const client = useApi(bailiwickApiRef);
  const [older, setOlder] = useState<ReadsView['items']>([]);
  const newest = useAsyncRetry(async () => {
    const reads = await client.getReads(tenant);
    setOlder([]);
    return reads;
  }, [client, tenant]);
  const items = [...(newest.value?.items ?? []), ...older];

  const [loading, loadOlder] = useAsyncFn(async () => {
    const page = await client.getReads(tenant, { before: items.at(-1)?.at });
    setOlder([...older, ...page.items]);
    return page.items.length;
  }, [client, tenant, items]);
  const csv = useDownload(
    signal => client.exportReads(tenant, { signal }),
    () => `${tenant}-reads.csv`,
  );

  return {
    error: newest.error,
    failure: loading.error ?? csv.error,
    hasOlder:
      (newest.value?.items.length ?? 0) === pageSize &&
      (loading.value ?? pageSize) === pageSize,
    isBusy: loading.loading || csv.isBusy,
    items: newest.value && items,
    loadOlder,
    notes: newest.value?.notes ?? [],
    refresh: newest.retry,
    save: () => csv.download(),
  };
}
