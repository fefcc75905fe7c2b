import { useApi } from '@backstage/core-plugin-api';
import type { EnvironmentPlace } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { isReaderGrant } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import useAsync from 'react-use/esm/useAsync';
import { Names } from '../../Names';

/** Names the people whose tokens can read an app in an environment; nothing for people who can't list tokens. */
export function AffectedReaders({
  place: { app, environment, tenant },
}: {
  place: EnvironmentPlace;
}) {
  const client = useApi(bailiwickApiRef);
  const { value: grants } = useAsync(
    () => client.listGrants(tenant, app),
    [client, tenant, app],
  );
  if (!grants) return null;
  const readers = grants
    .filter(
      grant =>
        grant.spec.environment === environment &&
        isReaderGrant(grant, Date.now()),
    )
    .map(({ spec }) => spec.subject);
  return (
    <Typography variant="body2">
      {readers.length > 0 ? (
        <>
          Readers with tokens for {environment}:{' '}
          <Names of={[...new Set(readers)].sort()} />
        </>
      ) : (
        `No one has a token for ${environment}. People who download data in the portal need no token; the Readers card on the Get data tab lists them.`
      )}
    </Typography>
  );
}
