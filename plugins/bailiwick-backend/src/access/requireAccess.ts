import {
  appReadPermission,
  type environmentResourceType,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  appResourceRef,
  environmentResourceRef,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type { Request } from 'express';
import type { Caller } from '../http';
import type { Resources } from './Resources';

/** Who asks, and what permissions are about. */
interface Access {
  caller: Caller;
  resources: Resources;
}

/** @throws NotAllowedError when the portal's policy does not let who asks read an app */
export async function requireAppRead(
  { caller, resources }: Access,
  request: Request,
  tenant: string,
  app: string,
): Promise<void> {
  await caller.requireFor(
    request,
    appReadPermission,
    appResourceRef,
    resources.findApp(tenant, app),
  );
}

/**
 * Asks for a permission in an environment; one that is not there is told by name where it is used.
 *
 * @throws NotAllowedError when the portal's policy does not give it
 */
export async function requireIn(
  { caller, resources }: Access,
  request: Request,
  permission: ResourcePermission<typeof environmentResourceType>,
  { environment, tenant }: { tenant: string; environment: string },
): Promise<void> {
  const resource = resources.environment(tenant, environment);
  if (resource)
    await caller.requireFor(
      request,
      permission,
      environmentResourceRef,
      resource,
    );
}
