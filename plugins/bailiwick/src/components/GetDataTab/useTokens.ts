import { useApi } from '@backstage/core-plugin-api';
import type {
  ReadableApp,
  GrantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useNewToken } from './useNewToken';

/** The tokens of an app, with actions. */
export type Tokens = ReturnType<typeof useTokens>;

/** Returns all tokens of an app, the newest one of each kind, and the actions on them. */
export function useTokens(app: ReadableApp) {
  const client = useApi(bailiwickApiRef);
  const { name } = app.metadata;
  const reading = useNewToken(app);
  const git = useNewToken(app);
  const [value, setValue] = useState<GrantView[]>();
  // New tokens belong to the list, so the list is read again with each. A failure does not discard the last list.
  const { error, retry } = useAsyncRetry(
    async () => setValue(await client.listGrants(app.tenant, name)),
    [client, app.tenant, name, reading.issued, git.issued],
  );

  const revoke = async (grant: string) => {
    await client.revokeGrant(app.tenant, name, grant);
    for (const kind of [reading, git]) kind.forget(grant);
    retry();
  };
  return { grants: { error, retry, value }, reading, git, revoke };
}
