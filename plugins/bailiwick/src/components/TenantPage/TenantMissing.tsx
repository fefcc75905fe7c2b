import { useRouteRef } from '@backstage/core-plugin-api';
import type { Plan } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { requestStateOf } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { requestsRouteRef, tenantsRouteRef } from '../../routeRefs';
import { NotFoundState } from '../NotFoundState';
import { RequestState } from '../RequestsPage/RequestState';
import { isPendingTenantRequest } from '../isPendingTenantRequest';

/** Explains why a tenant is missing: requested, denied, deleted, or not visible to the reader. */
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
    words: 'View request',
  });
  const waiting = requests.find(request =>
    isPendingTenantRequest(request, name),
  );
  if (waiting)
    return (
      <NotFoundState
        title={
          requestStateOf(waiting) === 'Approved'
            ? `Tenant “${name}” is being created`
            : `The request for tenant “${name}” is pending`
        }
        back={see(waiting)}
      >
        The request <RequestState request={waiting} plans={plans} /> This page
        shows the tenant when it has been created.
      </NotFoundState>
    );
  const last = requests.find(tellsOfItsAbsence);
  if (last?.spec.action === 'offboard')
    return (
      <NotFoundState title={`Tenant “${name}” was deleted`} back={see(last)}>
        It was deleted by request. The request shows who requested and approved
        the deletion, what was deleted and what remains.
      </NotFoundState>
    );
  if (last)
    return (
      <NotFoundState
        title={`Tenant “${name}” was not created`}
        back={see(last)}
      >
        The request for it <RequestState request={last} plans={plans} />
      </NotFoundState>
    );
  return (
    <NotFoundState
      title={`Tenant “${name}” not found`}
      back={{ to: toTenants, words: 'View your tenants' }}
    >
      It doesn’t exist, or you aren’t a member. Ask an owner to add you.
    </NotFoundState>
  );
}

function tellsOfItsAbsence(request: RequestView): boolean {
  const state = requestStateOf(request);
  return request.spec.action === 'offboard'
    ? ['Approved', 'Completed'].includes(state)
    : request.spec.action === 'create' &&
        ['Denied', 'Failed', 'Expired'].includes(state);
}
