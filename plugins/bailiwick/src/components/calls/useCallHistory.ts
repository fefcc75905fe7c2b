import { useApi } from '@backstage/core-plugin-api';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useCallback } from 'react';
import { usePolled } from './usePolled';

/** Returns the calls of an app through the gateway in the last 24 hours or the last 3 hours. */
export function useCallHistory({
  app,
  environment,
  span,
  tenant,
}: {
  app: string;
  /** All environments by default. */
  environment?: string;
  span: 'day' | 'hours';
  tenant: string;
}) {
  const client = useApi(bailiwickApiRef);
  const load = useCallback(
    () =>
      client.getCallHistory(tenant, app, {
        span,
        ...(environment && { environment }),
      }),
    [client, tenant, app, span, environment],
  );
  return usePolled(load);
}
