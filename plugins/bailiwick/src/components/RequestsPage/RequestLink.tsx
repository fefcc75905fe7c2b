import { Link } from '@backstage/core-components';
import { describeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useSearchParams } from 'react-router-dom';

/** Opens a request beside the list, which stays as it is filtered and sorted. */
export function RequestLink({ request }: { request: RequestView }) {
  const [params] = useSearchParams();
  const opened = new URLSearchParams(params);
  opened.set('request', request.metadata.name);
  return <Link to={`?${opened}`}>{describeRequest(request)}</Link>;
}
