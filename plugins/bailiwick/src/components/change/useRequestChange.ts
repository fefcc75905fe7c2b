import { useApi } from '@backstage/core-plugin-api';
import type { TenantAction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useState } from 'react';
import type { TenantFacts } from '../TenantPage/facts/TenantFacts';

/** Requests a change of a tenant, and follows the request. */
export function useRequestChange(
  { requests, tenant }: TenantFacts,
  action: TenantAction,
) {
  const client = useApi(bailiwickApiRef);
  const [created, setCreated] = useState<RequestView>();
  const requestChange = async (
    proposed: Record<string, unknown>,
    reason: string,
  ) => {
    const { name } = tenant.metadata;
    setCreated(await client.requestChange(name, { action, proposed, reason }));
  };
  const sent =
    created &&
    (requests.find(({ metadata }) => metadata.name === created.metadata.name) ??
      created);
  return { requestChange, sent };
}
