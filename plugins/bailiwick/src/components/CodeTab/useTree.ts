import type {
  AppView,
  FileTree,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { mainBranch } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';

/**
 * Loads the files of the newest commit of a branch, again after each commit to main; after a failure, the last ones
 * stay.
 */
export function useTree({ metadata, spec, tenant }: AppView, branch: string) {
  const client = useApi(bailiwickApiRef);
  const { name } = metadata;
  const [last, setLast] = useState<{ branch: string; tree: FileTree }>();
  const { error, retry, value } = useAsyncRetry(async () => {
    const at = branch === mainBranch ? undefined : { branch };
    return { branch, tree: await client.listFiles(tenant, name, at) };
  }, [client, tenant, name, branch, spec.source.revision]);
  useEffect(() => {
    if (value) setLast(value);
  }, [value]);
  return {
    error,
    retry,
    tree: last?.branch === branch ? last.tree : undefined,
  };
}
