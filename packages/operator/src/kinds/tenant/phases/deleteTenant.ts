import { isNotFound, resourcePath } from '@bailiwick/backstage-kube-controller';
import {
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Placement } from '../../../placement';

/**
 * Deletes a tenant, protected or not, unless it was changed meanwhile, such as renewed; no error
 * when it does not exist. The admission policy exempts the operator, so that it need not remove
 * the protection first.
 *
 * @throws KubeApiError (Conflict) when the tenant was changed
 */
export async function deleteTenant(
  { client }: Placement,
  { metadata: { name, resourceVersion, uid } }: Tenant,
  signal: AbortSignal,
): Promise<void> {
  try {
    await client.request({
      method: 'DELETE',
      path: resourcePath(tenantKind, { name }),
      body: {
        propagationPolicy: 'Background',
        preconditions: { uid, resourceVersion },
      },
      signal,
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
