import { useApi } from '@backstage/core-plugin-api';
import type {
  ReadableApp,
  IssuedGrant,
  NewGrant,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';

/** Creates tokens of an app; the newest one stays visible, even if creating another one fails. */
export function useNewToken({ metadata: { name }, tenant }: ReadableApp) {
  const client = useApi(bailiwickApiRef);
  const [issued, setIssued] = useState<IssuedGrant>();
  const [making, make] = useAsyncFn(
    async (grant: NewGrant) =>
      setIssued(await client.createGrant(tenant, name, grant)),
    [client, tenant, name],
  );
  /** Stops showing the token of a grant, such as one that was revoked. */
  const forget = (grant: string) =>
    setIssued(before =>
      before?.grant.metadata.name === grant ? undefined : before,
    );
  return { issued, make, making, forget };
}
