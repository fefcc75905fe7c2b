import { ignoreNotFound } from '@bailiwick/backstage-kube-controller';
import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Placement } from '../../../placement';

/**
 * Deletes a tenant, protected or not, unless it was changed meanwhile, such as renewed; no error
 * when it does not exist. The admission policy exempts the operator, so that it need not remove
 * the protection first.
 *
 * @throws KubeApiError (Conflict) when the tenant was changed
 */
export async function deleteTenant(
  { caches: { tenants } }: Placement,
  { metadata: { name, resourceVersion, uid } }: Tenant,
  signal: AbortSignal,
): Promise<void> {
  await tenants.resource
    .delete(name, { uid, resourceVersion, signal })
    .catch(ignoreNotFound);
}
