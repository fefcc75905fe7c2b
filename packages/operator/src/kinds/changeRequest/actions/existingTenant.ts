import type {
  ChangeRequest,
  TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { targetTenant } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Work } from './Action';
import { ActionFailedError } from './ActionFailedError';

/** Actions that are allowed on a cordoned tenant. */
const allowedWhenCordoned = new Set(['renew', 'cordon', 'uncordon']);

/**
 * Returns the tenant that a request is about.
 *
 * @throws ActionFailedError when it was deleted, is being deleted, or was replaced after the
 * request
 */
export function existingTenant({ facts, request }: Work): {
  name: string;
  uid: string;
  spec: TenantSpec;
} {
  const { action } = request.spec;
  const name = targetTenant(request.spec);
  const { tenant } = facts;
  if (!tenant) throw tenantNotFound(name);
  const { deletionTimestamp, uid = '' } = tenant.metadata;
  if (deletionTimestamp)
    throw new ActionFailedError(
      `Tenant "${name}" is being deleted and can't be changed`,
    );
  const asked = request.status?.evidence?.tenantUid;
  if (asked !== undefined && asked !== uid)
    throw new ActionFailedError(
      `Tenant "${name}" was deleted and recreated after this request; send a new request if the change is still needed`,
    );
  const { cordon } = tenant.spec;
  if (
    cordon &&
    !allowedWhenCordoned.has(action) &&
    wasAskedBefore(request, cordon)
  )
    throw new ActionFailedError(
      `Tenant "${name}" was cordoned after this request: ${cordon.reason}; send a new request when the cordon is lifted`,
    );
  return { name, uid, spec: tenant.spec };
}

/** An admission policy allows later requests by the platform team only. */
function wasAskedBefore(
  { metadata: { creationTimestamp = '' } }: ChangeRequest,
  { at }: { at: string },
): boolean {
  return Date.parse(creationTimestamp) < Date.parse(at);
}

/** Returns the error for a tenant that does not exist. */
export function tenantNotFound(name: string): ActionFailedError {
  return new ActionFailedError(
    `Tenant "${name}" was not found; request a new tenant instead`,
  );
}
