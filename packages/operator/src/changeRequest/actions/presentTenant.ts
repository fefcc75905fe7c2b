import type { TenantSpec } from '@bailiwick/backstage-plugin-bailiwick-common';
import { RequestFailedError } from '../RequestFailedError';
import type { Work } from './Action';

/**
 * The tenant that a request is about.
 *
 * @throws RequestFailedError when it is gone, is going, or is another one than was asked about
 */
export function presentTenant({ facts, request }: Work): {
  name: string;
  uid: string;
  spec: TenantSpec;
} {
  const { name } = request.spec.target;
  const { tenant } = facts;
  if (!tenant) throw goneTenant(name);
  const { deletionTimestamp, uid = '' } = tenant.metadata;
  if (deletionTimestamp)
    throw new RequestFailedError(
      `The tenant "${name}" is being deleted; nothing can be changed any more`,
    );
  const asked = request.status?.evidence?.tenantUid;
  if (asked !== undefined && asked !== uid)
    throw new RequestFailedError(
      `The tenant "${name}" was deleted and made anew after this was asked; ask again if it is still wanted`,
    );
  return { name, uid, spec: tenant.spec };
}

/** Says that there is no tenant of a name. */
export function goneTenant(name: string): RequestFailedError {
  return new RequestFailedError(
    `There is no tenant "${name}": it was deleted, or never made; ask for a new tenant instead`,
  );
}
