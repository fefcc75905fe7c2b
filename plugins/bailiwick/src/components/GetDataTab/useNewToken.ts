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
    /** Stops showing the token of a grant, such as one that was revoked, and older ones for the same tool. */
    forget: (grant: string) =>
      setIssued(before => {
        const at = before.findIndex(
          ({ grant: { metadata } }) => metadata.name === grant,
        );
        if (at < 0) return before;
        const { client: tool, environment } = before[at].grant.spec;
        return before.filter(
          ({ grant: { spec } }, index) =>
            index < at ||
            spec.client !== tool ||
            spec.environment !== environment,
        );
      }),
  };
}
