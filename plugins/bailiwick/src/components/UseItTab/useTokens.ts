import { useApi } from '@backstage/core-plugin-api';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useNewToken } from './useNewToken';

/** The tokens of an app, and what can be done with them. */
export function useTokens(app: AppView) {
  const client = useApi(bailiwickApiRef);
  const { name } = app.metadata;
  const { issued, make, making } = useNewToken(app);
  // The newest token belongs to the list, so the list is read again with each.
  const grants = useAsyncRetry(
    () => client.listGrants(app.tenant, name),
    [client, app.tenant, name, issued],
  );
  const { retry } = grants;

  const [revoking, revoke] = useAsyncFn(
    async (grant: string) => {
      await client.revokeGrant(app.tenant, name, grant);
      retry();
    },
    [client, app.tenant, name, retry],
  );
  return { grants, issued, making, make, revoking, revoke };
}
