import { useApi } from '@backstage/core-plugin-api';
import type {
  AppView,
  CommitView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsync from 'react-use/esm/useAsync';

const none: CommitView[] = [];

/**
 * Returns the newest commits of an app, newest first; none while they load, and where this portal lacks the repository.
 */
export function useCommits({ metadata, spec, tenant }: AppView): {
  commits: CommitView[];
  error?: Error;
} {
  const client = useApi(bailiwickApiRef);
  const { name } = metadata;
  const { revision } = spec.source;
  const { error, value } = useAsync(
    () => client.listCommits(tenant, name),
    // A new revision means a push.
    [client, tenant, name, revision],
  );
  return { commits: value ?? none, error };
}
