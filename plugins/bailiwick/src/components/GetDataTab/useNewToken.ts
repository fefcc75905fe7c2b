import { useApi } from '@backstage/core-plugin-api';
import type {
  ReadableApp,
  IssuedGrant,
  NewGrant,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';

/** Creates tokens of an app, which stay visible, even if creating another one fails. */
export function useNewToken({ metadata: { name }, tenant }: ReadableApp) {
  const client = useApi(bailiwickApiRef);
  const [issued, setIssued] = useState<IssuedGrant[]>([]);
  const [making, make] = useAsyncFn(
    async (grant: NewGrant) => {
      const created = await client.createGrant(tenant, name, grant);
      setIssued(before => [created, ...before]);
    },
    [client, tenant, name],
  );
  /** Stops showing the token of a grant, such as one that was revoked. */
  const forget = (grant: string) =>
    setIssued(before =>
      before.filter(({ grant: { metadata } }) => metadata.name !== grant),
    );
  return {
    /** Tokens that were created, newest first. */
    issued,
    make,
    making,
    forget,
  };
}
