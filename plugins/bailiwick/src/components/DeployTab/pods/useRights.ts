import { useApi } from '@backstage/core-plugin-api';
import type {
  AppView,
  EnvironmentRights,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsync from 'react-use/esm/useAsync';

/** Returns the rights of the reader in each environment of an app, and why some are unknown; empty while loading. */
export function useRights(app: AppView): {
  rights: Record<string, EnvironmentRights>;
  unknown: Record<string, string>;
} {
  const client = useApi(bailiwickApiRef);
  const { tenant } = app;
  const { name } = app.metadata;
  const environments = app.spec.environments.map(one => one.name).join(' ');
  const { value } = useAsync(async () => {
    const all = environments.split(' ').filter(Boolean);
    const rights: Record<string, EnvironmentRights> = {};
    const unknown: Record<string, string> = {};
    await Promise.all(
      all.map(async environment => {
        try {
          rights[environment] = await client
            .inEnvironment({ tenant, app: name, environment })
            .rights();
        } catch (error) {
          unknown[environment] = (error as Error).message;
        }
      }),
    );
    return { rights, unknown };
  }, [client, tenant, name, environments]);
  return value ?? { rights: {}, unknown: {} };
}
