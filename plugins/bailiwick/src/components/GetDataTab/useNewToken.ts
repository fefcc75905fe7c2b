import { useApi } from '@backstage/core-plugin-api';
import type {
  ReadableApp,
  IssuedGrant,
  NewGrant,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useState } from 'react';

/** Creates tokens of an app, which stay visible, even if creating another one fails. */
export function useNewToken({ metadata: { name }, tenant }: ReadableApp) {
  const client = useApi(bailiwickApiRef);
  const [issued, setIssued] = useState<IssuedGrant[]>([]);
  return {
    /** Tokens that were created, newest first. */
    issued,
    /** Rejects when the token cannot be created. */
    async make(grant: NewGrant): Promise<void> {
      const created = await client.createGrant(tenant, name, grant);
      setIssued(before => [created, ...before]);
    },
    /** Stops showing the token of a grant, such as one that was revoked. */
    forget: (grant: string) =>
      setIssued(before =>
        before.filter(({ grant: { metadata } }) => metadata.name !== grant),
      ),
  };
}
