import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useSearchParams } from 'react-router-dom';

/** The request that the address names with `?request=`, and the way to close it. */
export function useOpenedRequest(requests: RequestView[] | undefined) {
  const [params, setParams] = useSearchParams();
  const wanted = params.get('request');
  return {
    /** Its name; `null` when the address names none. */
    wanted,
    opened: requests?.find(({ metadata }) => metadata.name === wanted),
    close: () =>
      setParams(before => {
        const after = new URLSearchParams(before);
        after.delete('request');
        return after;
      }),
  };
}
