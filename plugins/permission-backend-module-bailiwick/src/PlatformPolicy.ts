import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { platformGroup } from '@bailiwick/backstage-plugin-bailiwick-common';

/** Names of permissions for what concerns the whole portal. */
const platformOnly = new Set([
  'catalog.location.create',
  'catalog.location.delete',
  'catalog.entity.delete',
  'kubernetes.proxy',
]);

/**
 * Leaves what concerns the whole portal to platform engineers and allows the rest: Kubernetes
 * decides about tenants and apps, as the person who asks.
 */
export class PlatformPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const mayAll = user?.info.ownershipEntityRefs.includes(platformGroup);
    return {
      result:
        mayAll || !platformOnly.has(permission.name)
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    };
  }
}
