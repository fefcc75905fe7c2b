import { useRouteRef } from '@backstage/core-plugin-api';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common';
import { requestsRouteRef, tenantsRouteRef } from '../../routes';
import { NotThere } from '../NotThere';
import { waitsForTenant } from '../waitsForTenant';

/** Says why a tenant is not there: asked for, deleted, or not for the reader. */
export function TenantMissing({
  name,
  requests,
}: {
  name: string;
  /** About it, as far as the reader sees them. */
  requests: RequestView[];
}) {
  const toTenants = useRouteRef(tenantsRouteRef)();
  const toRequests = useRouteRef(requestsRouteRef)();
  const see = (request: RequestView) => ({
    to: `${toRequests}?request=${request.metadata.name}`,
    words: 'See the request',
  });
  const waiting = requests.find(request => waitsForTenant(request, name));
  if (waiting)
    return (
      <NotThere
        title={`A request for the tenant “${name}” waits`}
        back={see(waiting)}
      >
        The tenant shows here by itself once the request is approved and carried
        out.
      </NotThere>
    );
  const end = requests.find(
    ({ spec, status }) =>
      spec.action === 'offboard' &&
      ['Approved', 'Applied'].includes(status?.phase ?? ''),
  );
  if (end)
    return (
      <NotThere title={`The tenant “${name}” is gone`} back={see(end)}>
        It was deleted as somebody asked. The request tells who asked and
        decided, what belonged to it, and whether anything is left.
      </NotThere>
    );
  return (
    <NotThere
      title={`There is no tenant “${name}” for you`}
      back={{ to: toTenants, words: 'See your tenants' }}
    >
      It does not exist, or you are not a member. Ask an owner to add you.
    </NotThere>
  );
}
