import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import type {
  App,
  ChangeRequest,
  Plan,
  Tenant,
  TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  appResourceType,
  environmentResourceType,
  requestResourceType,
  tenantResourceType,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

const pluginId = 'bailiwick';

/** Common part of all resources: the tenant, if it exists. @public */
export interface InTenant {
  tenant?: Tenant;
}

/** One environment of a tenant. @public */
export interface EnvironmentResource extends InTenant {
  environment: TenantEnvironment;
}

/** A request, with its tenant and the plan whose approvers decide. @public */
export interface RequestResource extends InTenant {
  request: ChangeRequest;
  plan?: Plan;
}

/** An app and its tenant. @public */
export interface AppResource extends InTenant {
  app: App;
}

/** A tenant as the resource of a permission. @public */
export const tenantResourceRef = createPermissionResourceRef<
  InTenant,
  object
>().with({ pluginId, resourceType: tenantResourceType });

/** An environment as the resource of a permission. @public */
export const environmentResourceRef = createPermissionResourceRef<
  EnvironmentResource,
  object
>().with({ pluginId, resourceType: environmentResourceType });

/** A request as the resource of a permission. @public */
export const requestResourceRef = createPermissionResourceRef<
  RequestResource,
  object
>().with({ pluginId, resourceType: requestResourceType });

/** An app as the resource of a permission. @public */
export const appResourceRef = createPermissionResourceRef<
  AppResource,
  object
>().with({ pluginId, resourceType: appResourceType });
