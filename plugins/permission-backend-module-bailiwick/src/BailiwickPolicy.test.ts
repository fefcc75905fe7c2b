import { mockCredentials } from '@backstage/backend-test-utils';
import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogEntityValidatePermission,
  catalogLocationAnalyzePermission,
  catalogLocationCreatePermission,
  catalogLocationDeletePermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  kubernetesProxyPermission,
  kubernetesResourcesReadPermission,
} from '@backstage/plugin-kubernetes-common';
import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import { BailiwickPolicy } from './BailiwickPolicy';

const member = (...groups: string[]) => ({
  credentials: mockCredentials.user(),
  info: {
    userEntityRef: 'user:default/bea',
    ownershipEntityRefs: ['user:default/bea', ...groups],
  },
});

describe('BailiwickPolicy', () => {
  const decide = async (permission: Permission, ...groups: string[]) => {
    const decision = await new BailiwickPolicy().handle(
      { permission },
      member(...groups),
    );
    return decision.result;
  };

  describe.each([
    catalogEntityCreatePermission,
    catalogEntityValidatePermission,
    catalogLocationAnalyzePermission,
    catalogLocationCreatePermission,
    catalogLocationDeletePermission,
    catalogEntityDeletePermission,
    kubernetesProxyPermission,
    createPermission({
      name: 'scaffolder.template.management',
      attributes: {},
    }),
  ])('for $name', permission => {
    it('allows platform engineers', async () => {
      expect(await decide(permission, 'group:default/platform')).toBe('ALLOW');
    });

    it('denies all other people, and requests without a person', async () => {
      expect(await decide(permission)).toBe('DENY');
      expect(await decide(permission, 'group:other/platform')).toBe('DENY');
      const { result } = await new BailiwickPolicy().handle({ permission });
      expect(result).toBe('DENY');
    });
  });

  it('recognizes platform engineers by the configured group', async () => {
    const policy = new BailiwickPolicy({ platformGroup: 'group:ops/sre' });
    const permission = catalogEntityDeletePermission;
    for (const [group, result] of [
      ['group:ops/sre', 'ALLOW'],
      ['group:default/platform', 'DENY'],
    ])
      expect(await policy.handle({ permission }, member(group))).toEqual({
        result,
      });
  });

  it.each([
    catalogEntityReadPermission,
    catalogEntityRefreshPermission,
    catalogLocationReadPermission,
    kubernetesResourcesReadPermission,
  ])('allows $name for all signed-in people', async permission => {
    expect(await decide(permission, 'group:default/rates')).toBe('ALLOW');
    const { result } = await new BailiwickPolicy().handle({ permission });
    expect(result).toBe('DENY');
  });

  it('denies unknown permissions', async () => {
    const permission = createPermission({ name: 'new.thing', attributes: {} });
    expect(await decide(permission, 'group:default/rates')).toBe('DENY');
    expect(await decide(permission, 'group:default/platform')).toBe('ALLOW');
  });

  it('shows people the tasks that they started themselves', async () => {
    const permission = { ...catalogEntityReadPermission };
    permission.name = 'scaffolder.task.read';
    const decision = await new BailiwickPolicy().handle(
      { permission },
      member('group:default/rates'),
    );
    expect(decision).toMatchObject({
      result: 'CONDITIONAL',
      conditions: {
        rule: 'IS_TASK_OWNER',
        params: { createdBy: ['user:default/bea'] },
      },
    });
  });
});
