import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';

/** Resource type of permissions about a tenant; the reference is the tenant's name. @public */
export const tenantResourceType = 'bailiwick-tenant';
/** Resource type of permissions about an environment; the reference is `<tenant>/<environment>`. @public */
export const environmentResourceType = 'bailiwick-environment';
/** Resource type of permissions about a request; the reference is the request's name. @public */
export const requestResourceType = 'bailiwick-request';
/** Resource type of permissions about an app; the reference is `<tenant>/<app>`. @public */
export const appResourceType = 'bailiwick-app';

/** Request a new tenant. @public */
export const tenantCreatePermission = createPermission({
  name: 'bailiwick.tenant.create',
  attributes: { action: 'create' },
});

/** See a tenant, its usage and the requests about it. @public */
export const tenantReadPermission = createPermission({
  name: 'bailiwick.tenant.read',
  attributes: { action: 'read' },
  resourceType: tenantResourceType,
});

/** Request a change of a tenant. @public */
export const tenantChangePermission = createPermission({
  name: 'bailiwick.tenant.change',
  attributes: { action: 'update' },
  resourceType: tenantResourceType,
});

/** Export the data of a tenant, and see who reads the results of its apps. @public */
export const tenantExportPermission = createPermission({
  name: 'bailiwick.tenant.export',
  attributes: { action: 'read' },
  resourceType: tenantResourceType,
});

/** See a request. @public */
export const requestReadPermission = createPermission({
  name: 'bailiwick.request.read',
  attributes: { action: 'read' },
  resourceType: requestResourceType,
});

/** Approve or deny a request. @public */
export const requestDecidePermission = createPermission({
  name: 'bailiwick.request.decide',
  attributes: { action: 'update' },
  resourceType: requestResourceType,
});

/** Withdraw a request. @public */
export const requestWithdrawPermission = createPermission({
  name: 'bailiwick.request.withdraw',
  attributes: { action: 'update' },
  resourceType: requestResourceType,
});

/** Create an app in an environment. @public */
export const appCreatePermission = createPermission({
  name: 'bailiwick.app.create',
  attributes: { action: 'create' },
  resourceType: environmentResourceType,
});

/** See an app, its pods, events and logs. @public */
export const appReadPermission = createPermission({
  name: 'bailiwick.app.read',
  attributes: { action: 'read' },
  resourceType: appResourceType,
});

/** Delete an app. @public */
export const appDeletePermission = createPermission({
  name: 'bailiwick.app.delete',
  attributes: { action: 'delete' },
  resourceType: appResourceType,
});

/** Let a release of an app run in an environment, or ask for it where the environment is protected. @public */
export const appPromotePermission = createPermission({
  name: 'bailiwick.app.promote',
  attributes: { action: 'update' },
  resourceType: environmentResourceType,
});

/** Begin and cancel runs of an app in an environment. @public */
export const appRunPermission = createPermission({
  name: 'bailiwick.app.run',
  attributes: { action: 'update' },
  resourceType: environmentResourceType,
});

/** Restart, pause, resume and scale an app in an environment. @public */
export const appOperatePermission = createPermission({
  name: 'bailiwick.app.operate',
  attributes: { action: 'update' },
  resourceType: environmentResourceType,
});

/**
 * Open a terminal in a pod of an app in an environment. Who may: `decideBailiwick.ts` of the permission module for the portal,
 * `roleBindings.ts` of the operator for Kubernetes.
 *
 * @public
 */
export const appTerminalPermission = createPermission({
  name: 'bailiwick.app.terminal',
  attributes: { action: 'update' },
  resourceType: environmentResourceType,
});

/** Make a repository with the code of an app. @public */
export const repositoryCreatePermission = createPermission({
  name: 'bailiwick.repository.create',
  attributes: { action: 'create' },
  resourceType: tenantResourceType,
});

/** Create a token that reads the results of an app, or writes its code. @public */
export const grantCreatePermission = createPermission({
  name: 'bailiwick.grant.create',
  attributes: { action: 'create' },
  resourceType: appResourceType,
});

/** See the tokens of an app. @public */
export const grantReadPermission = createPermission({
  name: 'bailiwick.grant.read',
  attributes: { action: 'read' },
  resourceType: appResourceType,
});

/** Revoke a token. @public */
export const grantRevokePermission = createPermission({
  name: 'bailiwick.grant.revoke',
  attributes: { action: 'delete' },
  resourceType: appResourceType,
});

/** Request read access to an app of a tenant that one does not belong to. @public */
export const accessRequestPermission = createPermission({
  name: 'bailiwick.access.request',
  attributes: { action: 'create' },
});

/** End granted access early. @public */
export const accessRevokePermission = createPermission({
  name: 'bailiwick.access.revoke',
  attributes: { action: 'update' },
  resourceType: requestResourceType,
});

/** All permissions of Bailiwick. @public */
export const bailiwickPermissions: Permission[] = [
  tenantCreatePermission,
  tenantReadPermission,
  tenantChangePermission,
  tenantExportPermission,
  requestReadPermission,
  requestDecidePermission,
  requestWithdrawPermission,
  appCreatePermission,
  appReadPermission,
  appDeletePermission,
  appPromotePermission,
  appRunPermission,
  appOperatePermission,
  appTerminalPermission,
  repositoryCreatePermission,
  grantCreatePermission,
  grantReadPermission,
  grantRevokePermission,
  accessRequestPermission,
  accessRevokePermission,
];
