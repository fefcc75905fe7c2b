import { useApi } from '@backstage/core-plugin-api';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsync from 'react-use/esm/useAsync';
import type { TenantFacts } from '../facts/TenantFacts';

/** Returns the number of tokens for the apps of a tenant; all of them end with it. */
export function useTokenCount({ apps, tenant }: TenantFacts) {
  const client = useApi(bailiwickApiRef);
  const { name } = tenant.metadata;
  const names = apps.map(({ metadata }) => metadata.name).join(' ');
  return useAsync(async () => {
    let count = 0;
    for (const app of names.split(' ').filter(Boolean))
      count += (await client.listGrants(name, app)).length;
    return count;
  }, [client, name, names]);
}
