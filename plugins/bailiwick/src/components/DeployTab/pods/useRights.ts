import { useApi } from '@backstage/core-plugin-api';
import type {
  AppView,
  EnvironmentRights,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsync from 'react-use/esm/useAsync';

/** What the reader may do to an app in each of its environments; empty until it is known. */
export function useRights(app: AppView): Record<string, EnvironmentRights> {
  const client = useApi(bailiwickApiRef);
  const { tenant } = app;
  const { name } = app.metadata;
  const environments = app.spec.environments.map(one => one.name).join(' ');
  const { value } = useAsync(async () => {
    const all = environments.split(' ').filter(Boolean);
    const rights = await Promise.all(
      all.map(environment =>
        client.inEnvironment({ tenant, app: name, environment }).rights(),
      ),
    );
    return Object.fromEntries(all.map((one, at) => [one, rights[at]]));
  }, [client, tenant, name, environments]);
  return value ?? {};
}
