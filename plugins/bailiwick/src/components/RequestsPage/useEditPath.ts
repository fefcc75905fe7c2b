import { useRouteRef } from '@backstage/core-plugin-api';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { requestTenantRouteRef, tenantRouteRef } from '../../routeRefs';
import { editParameter } from '../resubmit/isEditable';
import { draftOf } from '../RequestTenantPage/tenantDraft';

/** Whether a form can show all that a request proposes, so that nothing of it is lost. */
function hasForm({ spec }: RequestView): boolean {
  switch (spec.action) {
    case 'create':
      return draftOf(spec) !== undefined;
    case 'changePlan':
    case 'renew':
    case 'setMembers':
    case 'transfer':
      return true;
    case 'setEnvironments':
      return Array.isArray(spec.proposed.add) && spec.proposed.add.length === 1;
    default:
      return false;
  }
}

/** Returns the address of the form that edits a request; `undefined` when none can. */
export function useEditPath(request: RequestView): string | undefined {
  const toForm = useRouteRef(requestTenantRouteRef)();
  const toTenant = useRouteRef(tenantRouteRef);
  if (!hasForm(request)) return undefined;
  const { metadata, spec } = request;
  const page =
    spec.action === 'create' ? toForm : toTenant({ tenant: spec.target.name });
  return `${page}?${editParameter}=${metadata.name}`;
}
