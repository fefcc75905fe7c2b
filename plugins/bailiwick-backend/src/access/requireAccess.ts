import {
  appReadPermission,
  type environmentResourceType,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  appResourceRef,
  environmentResourceRef,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type { Request } from 'express';
import type { Authorizer } from './Authorizer';
import type { Resources } from './Resources';

interface Access {
  authorizer: Authorizer;
  resources: Resources;
}

/** @throws NotAllowedError when the portal's policy does not let the person read the app */
export async function requireAppRead(
  { authorizer, resources }: Access,
  request: Request,
  tenant: string,
  app: string,
): Promise<void> {
  await authorizer.requireFor(
    request,
    appReadPermission,
    appResourceRef,
    resources.findApp(tenant, app),
  );
}

/**
 * Requires a permission in an environment. An unknown environment passes: the service that uses it
 * reports it by name.
 *
 * @throws NotAllowedError when the portal's policy does not grant the permission
 */
export async function requireIn(
  { authorizer, resources }: Access,
  request: Request,
  permission: ResourcePermission<typeof environmentResourceType>,
  { environment, tenant }: { tenant: string; environment: string },
): Promise<void> {
  const resource = resources.environment(tenant, environment);
  if (resource)
    await authorizer.requireFor(
      request,
      permission,
      environmentResourceRef,
      resource,
    );
}
