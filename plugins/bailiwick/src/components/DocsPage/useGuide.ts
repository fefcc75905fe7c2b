import { useApi } from '@backstage/core-plugin-api';
import { RequestFailedError } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';

/** Returns a guide and the list of all guides, to which it links; the guide is absent if it does not exist. */
export function useGuide(name: string) {
  const client = useApi(bailiwickApiRef);
  return useAsyncRetry(async () => {
    const [guides, guide] = await Promise.all([
      client.listGuides(),
      client.getGuide(name).catch(ignoreNotFound),
    ]);
    return { guides, guide };
  }, [client, name]);
}

function ignoreNotFound(error: unknown): undefined {
  if (error instanceof RequestFailedError && error.status === 404)
    return undefined;
  throw error;
}
