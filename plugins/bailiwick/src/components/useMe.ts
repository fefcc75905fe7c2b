import { useApi } from '@backstage/core-plugin-api';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import useAsync from 'react-use/esm/useAsync';

/** Loads the signed-in person. */
export function useMe() {
  const client = useApi(bailiwickApiRef);
  return useAsync(() => client.getMe(), [client]);
}
