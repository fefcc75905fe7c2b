import { NotAllowedError } from '@backstage/errors';
import { canI, type KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  group,
  homeNamespace,
  tenantKind,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { tenantExportPermission } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { permissionRefusal } from './permissionRefusal';

/**
 * Asks the API server whether a person can see all data of a tenant, like the portal's policy. People who can request
 * changes can also request the deletion, and therefore need all of it.
 *
 * @param client - client of the person
 * @throws NotAllowedError when they cannot
 */
export async function requireExport(
  client: KubeClient,
  tenant: string,
): Promise<void> {
  const right = {
    verb: 'request-change',
    group,
    resource: tenantKind.plural,
    namespace: homeNamespace(tenant),
  };
  if (!(await canI(client, right)))
    throw new NotAllowedError(permissionRefusal(tenantExportPermission));
}
