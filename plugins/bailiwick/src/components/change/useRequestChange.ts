import { useApi } from '@backstage/core-plugin-api';
import type { TenantAction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useState } from 'react';
import type { TenantFacts } from '../TenantPage/facts/TenantFacts';

/**
 * Requests a change of a tenant, and follows the request.
 *
 * @param replaces - name of the request that the new one replaces
 */
export function useRequestChange(
  { requests, tenant }: TenantFacts,
  action: TenantAction,
  replaces?: string,
) {
  const client = useApi(bailiwickApiRef);
  const [created, setCreated] = useState<RequestView>();
  const requestChange = async (
    proposed: Record<string, unknown>,
    reason: string,
  ) => {
    const { name } = tenant.metadata;
    setCreated(
      await client.requestChange(name, {
        action,
        proposed,
        reason,
        replaces,
      }),
    );
  };
  const sent =
    created &&
    (requests.find(({ metadata }) => metadata.name === created.metadata.name) ??
      created);
  return { requestChange, sent };
}
