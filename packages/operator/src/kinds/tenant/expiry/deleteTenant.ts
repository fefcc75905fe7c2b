import { isNotFound, resourcePath } from '@bailiwick/backstage-kube-controller';
import {
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Placement } from '../../../placement';

/**
 * Deletes a tenant, protected or not, if it is still exactly the one that was looked at; fine when
 * it is gone. The API server lets the operator do that, so that a tenant that lives on, such as one
 * renewed at the same moment, keeps its protection.
 *
 * @throws KubeApiError (Conflict) when somebody changed it meanwhile, such as renewed it
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
