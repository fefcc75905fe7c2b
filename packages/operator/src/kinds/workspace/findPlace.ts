import {
  environmentNamespace,
  tenantOfHome,
  type App,
  type AppEnvironment,
  type Tenant,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Caches } from '../../cache';
import { suspensionOf } from '../app/suspension';
import { throwFailed } from '../app/workload';

/** Where a workspace runs. */
export interface WorkspacePlace {
  tenant: Tenant;
  app: App;
  environment: AppEnvironment;
  /** Cluster of the environment. */
  cluster: string;
  /** Namespace of the environment. */
  namespace: string;
}

/** Finds the place of a workspace. @throws ObstacleError if it must not run there, even if it already does */
export function findPlace(
  caches: Caches,
  { metadata, spec }: Workspace,
): WorkspacePlace {
  const home = metadata.namespace ?? '';
  const tenant = caches.tenants.get(tenantOfHome(home) ?? '');
  const suspension = suspensionOf(tenant, spec.environment);
  if (suspension) throwFailed(suspension.why, suspension.next);
  const isWanted = ({ name }: { name: string }) => name === spec.environment;
  const app = caches.apps.get(spec.app, home);
  const environment = app?.spec.environments.find(isWanted);
  const place = tenant?.spec.environments.find(isWanted);
  if (!tenant || !app || !environment || !place)
    throwFailed(
      `App ${spec.app} is not deployed in environment "${spec.environment}".`,
      'Deploy it there, or delete the workspace and create one in another environment.',
    );
  if (place.protected)
    throwFailed(
      `Environment ${spec.environment} is protected and accepts only releases.`,
      'Delete the workspace, and create one in another environment.',
    );
  const namespace = environmentNamespace(tenant.metadata.name, place.name);
  return { tenant, app, environment, cluster: place.cluster, namespace };
}
