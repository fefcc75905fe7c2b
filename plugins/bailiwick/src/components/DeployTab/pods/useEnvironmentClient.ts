import { useApi } from '@backstage/core-plugin-api';
import type {
  EnvironmentClient,
  ReadableApp,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useMemo } from 'react';

/** The portal's API for an app in an environment; the same object from one drawing to the next. */
export function useEnvironmentClient(
  { metadata: { name: app }, tenant }: Pick<ReadableApp, 'metadata' | 'tenant'>,
  environment: string,
): EnvironmentClient {
  const client = useApi(bailiwickApiRef);
  return useMemo(
    () => client.inEnvironment({ tenant, app, environment }),
    [client, tenant, app, environment],
  );
}
