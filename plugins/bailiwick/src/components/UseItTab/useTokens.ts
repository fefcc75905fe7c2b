import { useApi } from '@backstage/core-plugin-api';
import type {
  AppView,
  GrantClient,
  IssuedGrant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';

/** Days that a new token lasts. */
export const tokenDays = 90;

/** The tokens of an app, and what can be done with them. */
export function useTokens(app: AppView) {
  const client = useApi(bailiwickApiRef);
  const { name } = app.metadata;
  const [issued, setIssued] = useState<IssuedGrant>();
  const grants = useAsyncRetry(
    () => client.listGrants(app.tenant, name),
    [client, app.tenant, name],
  );

  const { retry } = grants;

  const [making, make] = useAsyncFn(
    async (kind: GrantClient, environment?: string) => {
      setIssued(
        await client.createGrant(app.tenant, name, {
          client: kind,
          environment,
          days: tokenDays,
        }),
      );
      retry();
    },
    [client, app.tenant, name, retry],
  );
  const [revoking, revoke] = useAsyncFn(
    async (grant: string) => {
      await client.revokeGrant(app.tenant, name, grant);
      retry();
    },
    [client, app.tenant, name, retry],
  );
  return { grants, issued, making, make, revoking, revoke };
}
