import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { annotations } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Typography } from '@material-ui/core';
import { requestsRouteRef } from '../../routeRefs';

/** The name of the request that another one replaces. */
function nameOfReplaced({ metadata }: RequestView): string | undefined {
  return metadata.annotations?.[annotations.replaces];
}

/** Links between a request and the edited one that replaces it. Only the same person can replace a request. */
export function Replacements({
  request,
  requests,
}: {
  request: RequestView;
  /** All that the reader sees. */
  requests: RequestView[];
}) {
  const toRequests = useRouteRef(requestsRouteRef)();
  const own = requests.filter(
    ({ spec }) => spec.requestedBy === request.spec.requestedBy,
  );
  const before = own.find(
    ({ metadata }) => metadata.name === nameOfReplaced(request),
  );
  const after =
    request.status?.phase === 'Withdrawn' &&
    own.find(one => nameOfReplaced(one) === request.metadata.name);
  const link = ({ metadata: { name } }: RequestView) => (
    <Link to={`${toRequests}?request=${name}`} underline="always">
      {name}
    </Link>
  );
  return (
    <>
      {before && (
        <Typography variant="body2">
          Replaces {link(before)}, with its comments
        </Typography>
      )}
      {after && (
        <Typography variant="body2">Replaced by {link(after)}</Typography>
      )}
    </>
  );
}
