import {
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import type { TenantRole } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  accessRequestPermission,
  accessRevokePermission,
  appCreatePermission,
  appDeletePermission,
  appOperatePermission,
  appPromotePermission,
  appReadPermission,
  appRunPermission,
  appTerminalPermission,
  bailiwickPermissions,
  grantCreatePermission,
  grantReadPermission,
  grantRevokePermission,
  platformGroup,
  repositoryCreatePermission,
  requestDecidePermission,
  requestReadPermission,
  requestWithdrawPermission,
  tenantChangePermission,
  tenantCreatePermission,
  tenantExportPermission,
  tenantReadPermission,
  withPlatformGroup,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { conditionsOn } from '@bailiwick/backstage-plugin-bailiwick-node';

const { apps, environments, requests, tenants } = conditionsOn;
const builders: TenantRole[] = ['owner', 'builder'];
const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/** Returns the decision for a person: their reference, and their reference with those of their groups. */
type Decide = (user: string, claims: string[]) => PolicyDecision;

const decisions: Record<string, Decide> = {
  [tenantCreatePermission.name]: () => allow,
  [accessRequestPermission.name]: () => allow,
  [accessRevokePermission.name]: (user, claims) =>
    requests.createConditionalDecision(accessRevokePermission, {
      anyOf: [
        requests.conditions.isRequester({ user }),
        requests.conditions.isDecider({ claims }),
      ],
    }),
  [tenantReadPermission.name]: (_, claims) =>
    tenants.createConditionalDecision(
      tenantReadPermission,
      tenants.conditions.isTenantMember({ claims }),
    ),
  [tenantChangePermission.name]: (_, claims) =>
    tenants.createConditionalDecision(
      tenantChangePermission,
      tenants.conditions.isTenantOwner({ claims }),
    ),
  [tenantExportPermission.name]: (_, claims) =>
    tenants.createConditionalDecision(
      tenantExportPermission,
      tenants.conditions.isTenantOwner({ claims }),
    ),
  [repositoryCreatePermission.name]: (_, claims) =>
    tenants.createConditionalDecision(
      repositoryCreatePermission,
      tenants.conditions.isTenantMember({ claims, roles: builders }),
    ),
  [requestReadPermission.name]: (user, claims) =>
    requests.createConditionalDecision(requestReadPermission, {
      anyOf: [
        requests.conditions.isRequester({ user }),
        requests.conditions.isDecider({ claims }),
        requests.conditions.isTenantMember({ claims }),
      ],
    }),
  [requestDecidePermission.name]: (user, claims) =>
    requests.createConditionalDecision(requestDecidePermission, {
      allOf: [
        requests.conditions.isDecider({ claims }),
        { not: requests.conditions.isRequester({ user }) },
      ],
    }),
  [requestWithdrawPermission.name]: user =>
    requests.createConditionalDecision(
      requestWithdrawPermission,
      requests.conditions.isRequester({ user }),
    ),
  ...Object.fromEntries(
    [appCreatePermission, appPromotePermission, appRunPermission].map(
      permission => [
        permission.name,
        (_: string, claims: string[]) =>
          environments.createConditionalDecision(
            permission,
            environments.conditions.isTenantMember({ claims, roles: builders }),
          ),
      ],
    ),
  ),
  [appOperatePermission.name]: (_, claims) =>
    environments.createConditionalDecision(appOperatePermission, {
      anyOf: [
        environments.conditions.isTenantOwner({ claims }),
        {
          allOf: [
            environments.conditions.isTenantMember({ claims, roles: builders }),
            environments.conditions.environmentIs({ protected: false }),
          ],
        },
      ],
    }),
  [appTerminalPermission.name]: (_, claims) =>
    environments.createConditionalDecision(appTerminalPermission, {
      allOf: [
        environments.conditions.isTenantMember({ claims, roles: builders }),
        environments.conditions.environmentIs({ protected: false }),
      ],
    }),
  [appReadPermission.name]: (_, claims) =>
    apps.createConditionalDecision(
      appReadPermission,
      apps.conditions.isTenantMember({ claims }),
    ),
  [appDeletePermission.name]: (_, claims) =>
    apps.createConditionalDecision(
      appDeletePermission,
      apps.conditions.isTenantMember({ claims, roles: builders }),
    ),
  ...Object.fromEntries(
    [grantCreatePermission, grantReadPermission, grantRevokePermission].map(
      permission => [
        permission.name,
        (user: string, claims: string[]) =>
          apps.createConditionalDecision(permission, {
            anyOf: [
              apps.conditions.isTenantMember({ claims }),
              apps.conditions.hasAccess({ user }),
            ],
          }),
      ],
    ),
  ),
};

/** Permissions of platform engineers without membership, as in their cluster role. */
const forPlatform = new Set(
  [
    tenantReadPermission,
    tenantChangePermission,
    tenantExportPermission,
    requestReadPermission,
    appReadPermission,
    appTerminalPermission,
    grantReadPermission,
  ].map(({ name }) => name),
);

/**
 * Decides about Bailiwick's permissions; denies by default. Call it first in a policy of your own.
 *
 * @param options - `platformGroup`: entity reference of the portal's platform group; `group:default/platform` by
 * default
 * @returns `undefined` if the permission isn't one of Bailiwick's
 * @public
 */
export function decideBailiwick(
  permission: Permission,
  user: PolicyQueryUser | undefined,
  options: { platformGroup?: string } = {},
): PolicyDecision | undefined {
  if (!bailiwickPermissions.some(({ name }) => name === permission.name))
    return undefined;
  if (!user) return deny;
  const { userEntityRef } = user.info;
  const claims = withPlatformGroup(
    user.info.ownershipEntityRefs,
    options.platformGroup,
  );
  const isPlatform = claims.includes(platformGroup);
  if (isPlatform && forPlatform.has(permission.name)) return allow;
  return decisions[permission.name]?.(userEntityRef, claims) ?? deny;
}
