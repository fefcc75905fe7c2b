import { useRouteRef } from '@backstage/core-plugin-api';
import type { Plan } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { requestsRouteRef, tenantsRouteRef } from '../../routeRefs';
import { NotFoundState } from '../NotFoundState';
import { phaseOf, RequestState } from '../RequestsPage/RequestState';
import { isPendingTenantRequest } from '../isPendingTenantRequest';

/** Says why a tenant is not there: asked for, refused, deleted, or not for the reader. */
export function TenantMissing({
  name,
  plans,
  requests,
}: {
  name: string;
  plans: Plan[];
  /** About it, as far as the reader sees them. */
  requests: RequestView[];
}) {
  const toTenants = useRouteRef(tenantsRouteRef)();
  const toRequests = useRouteRef(requestsRouteRef)();
  const see = (request: RequestView) => ({
    to: `${toRequests}?request=${request.metadata.name}`,
    words: 'See the request',
  });
  const waiting = requests.find(request =>
    isPendingTenantRequest(request, name),
  );
  if (waiting)
    return (
      <NotFoundState
        title={
          phaseOf(waiting) === 'Approved'
            ? `The tenant “${name}” is being made`
            : `A request for the tenant “${name}” waits`
        }
        back={see(waiting)}
      >
        The request <RequestState request={waiting} plans={plans} /> The tenant
        shows here by itself once it is there.
      </NotFoundState>
    );
  const last = requests.find(tellsOfItsAbsence);
  if (last?.spec.action === 'offboard')
    return (
      <NotFoundState title={`The tenant “${name}” is gone`} back={see(last)}>
        It was deleted as somebody asked. The request tells who asked and
        decided, what belonged to it, and whether anything is left.
      </NotFoundState>
    );
  if (last)
    return (
      <NotFoundState
        title={`The tenant “${name}” was not made`}
        back={see(last)}
      >
        The request for it <RequestState request={last} plans={plans} />
      </NotFoundState>
    );
  return (
    <NotFoundState
      title={`There is no tenant “${name}” for you`}
      back={{ to: toTenants, words: 'See your tenants' }}
    >
      It does not exist, or you are not a member. Ask an owner to add you.
    </NotFoundState>
  );
}

function tellsOfItsAbsence(request: RequestView): boolean {
  const phase = phaseOf(request);
  return request.spec.action === 'offboard'
    ? ['Approved', 'Applied'].includes(phase)
    : request.spec.action === 'create' &&
        ['Denied', 'Failed', 'Expired'].includes(phase);
}
