import { isNotFound, resourcePath } from '@bailiwick/backstage-kube-controller';
import {
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { fieldManager } from '../names';
import type { Scope } from '../scope';

/**
 * Takes the protection off a tenant and deletes it, if it is still exactly the one that was looked
 * at; fine when it is gone.
 *
 * @throws KubeApiError (Conflict) when somebody changed it meanwhile, such as renewed it
 */
export async function deleteTenant(
  { caches, client }: Scope,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<void> {
  const { name, resourceVersion } = tenant.metadata;
  try {
    const open = tenant.spec.deletionProtection
      ? await caches.tenants.resource.patch(
          name,
          { spec: { deletionProtection: false } },
          { fieldManager, resourceVersion, signal },
        )
      : tenant;
    const { metadata } = open;
    await client.request({
      method: 'DELETE',
      path: resourcePath(tenantKind, { name }),
      body: {
        propagationPolicy: 'Background',
        preconditions: {
          uid: metadata.uid,
          resourceVersion: metadata.resourceVersion,
        },
      },
      signal,
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
