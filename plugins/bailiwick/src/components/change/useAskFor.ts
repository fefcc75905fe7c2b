import { useApi } from '@backstage/core-plugin-api';
import type { TenantAction } from '@bailiwick/backstage-plugin-bailiwick-common';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import type { TenantFacts } from '../TenantPage/facts/TenantFacts';

/** Asks for a change of a tenant, and follows the request. */
export function useAskFor(
  { requests, tenant }: TenantFacts,
  action: TenantAction,
) {
  const client = useApi(bailiwickApiRef);
  const { name } = tenant.metadata;
  const [{ error, loading, value }, ask] = useAsyncFn(
    (proposed: Record<string, unknown>, reason: string) =>
      client.requestChange(name, { action, proposed, reason }),
    [client, name, action],
  );
  const sent =
    value &&
    (requests.find(({ metadata }) => metadata.name === value.metadata.name) ??
      value);
  return { ask, error, isBusy: loading, sent };
}
