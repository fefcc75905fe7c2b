import { mockCredentials } from '@backstage/backend-test-utils';
import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogLocationCreatePermission,
  catalogLocationDeletePermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  kubernetesProxyPermission,
  kubernetesResourcesReadPermission,
} from '@backstage/plugin-kubernetes-common';
import type { Permission } from '@backstage/plugin-permission-common';
import { PlatformPolicy } from './PlatformPolicy';

const member = (...groups: string[]) => ({
  credentials: mockCredentials.user(),
  info: {
    userEntityRef: 'user:default/bea',
    ownershipEntityRefs: ['user:default/bea', ...groups],
  },
});

describe('PlatformPolicy', () => {
  const decide = async (permission: Permission, ...groups: string[]) => {
    const decision = await new PlatformPolicy().handle(
      { permission },
      member(...groups),
    );
    return decision.result;
  };

  describe.each([
    catalogLocationCreatePermission,
    catalogLocationDeletePermission,
    catalogEntityDeletePermission,
    kubernetesProxyPermission,
  ])('for $name', permission => {
    it('lets platform engineers', async () => {
      expect(await decide(permission, 'group:default/platform')).toBe('ALLOW');
    });

    it('refuses everybody else, also nobody', async () => {
      expect(await decide(permission)).toBe('DENY');
      expect(await decide(permission, 'group:other/platform')).toBe('DENY');
      const { result } = await new PlatformPolicy().handle({ permission });
      expect(result).toBe('DENY');
    });
  });

  it.each([
    catalogEntityReadPermission,
    catalogEntityRefreshPermission,
    catalogEntityCreatePermission,
    catalogLocationReadPermission,
    kubernetesResourcesReadPermission,
  ])('lets everybody for $name', async permission => {
    expect(await decide(permission, 'group:default/rates')).toBe('ALLOW');
  });
});
