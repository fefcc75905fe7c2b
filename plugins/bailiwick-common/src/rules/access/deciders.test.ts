import { aPlan, aTenant } from '../../__fixtures__/objects';
import type { ChangeAction, ChangeRequest } from '../../kinds';
import { decidersOf, decidingPlan, canDecide } from './deciders';
import { platformGroup } from './roles';

const tenant = aTenant();
const small = aPlan('small', ['group:default/leads']);
const large = aPlan('large', ['group:default/accounts']);

function asked(
  action: ChangeAction,
  proposed: Record<string, unknown> = {},
): Pick<ChangeRequest, 'spec'> {
  return {
    spec: {
      target: { kind: 'Tenant', name: 'rates-desk' },
      action,
      proposed,
      reason: 'Needed.',
      requestedBy: 'user:default/rita',
    },
  };
}

describe('decidersOf', () => {
  it.each(['setEnvironments', 'setMembers', 'renew', 'offboard'] as const)(
    'names those of the present plan for %s, whatever plan it proposes',
    action => {
      const request = asked(action, { plan: 'large' });
      expect(decidingPlan(request, tenant)).toBe('small');
      expect(decidersOf(request, tenant, small)).toEqual([
        'group:default/leads',
        platformGroup,
      ]);
      expect(decidersOf(request, tenant, large)).toEqual([platformGroup]);
    },
  );

  it.each(['create', 'changePlan'] as const)(
    'names those of the proposed plan for %s',
    action => {
      const request = asked(action, { plan: 'large' });
      expect(decidersOf(request, tenant, large)).toEqual([
        'group:default/accounts',
        platformGroup,
      ]);
      expect(decidersOf(request, tenant, small)).toEqual([platformGroup]);
    },
  );

  it('does not let current owners decide about new members of the owners', () => {
    const owners = ['group:default/rates', 'group:default/fx'];
    const request = {
      ...asked('transfer', { owners }),
      status: { before: { owners: ['group:default/rates'] } },
    };
    expect(decidersOf(request, tenant, small)).toEqual([
      'group:default/fx',
      platformGroup,
    ]);
    const fewer = asked('transfer', { owners: ['group:default/rates'] });
    const status = { before: { owners } };
    expect(decidersOf({ ...fewer, status }, tenant, small)).toEqual([
      'group:default/rates',
      platformGroup,
    ]);
  });

  it('asks the new owners about a transfer', () => {
    const request = asked('transfer', { owners: ['group:default/fx'] });
    expect(decidersOf(request, tenant, small)).toEqual([
      'group:default/fx',
      platformGroup,
    ]);
  });

  it('asks all owners about access, whatever the plan contains', () => {
    expect(decidersOf(asked('grantAccess'), tenant, small)).toEqual(
      decidersOf(asked('promote'), tenant, small),
    );
  });

  it('leaves a cordon to the platform team', () => {
    expect(decidersOf(asked('cordon'), tenant, small)).toEqual([platformGroup]);
  });

  it('keeps to the plan that the operator found', () => {
    const request = { ...asked('offboard'), status: { plan: 'large' } };
    expect(decidersOf(request, tenant, small)).toEqual([platformGroup]);
    expect(decidersOf(request, tenant, large)).toContain(
      'group:default/accounts',
    );
  });
});

describe('canDecide', () => {
  it('lets all owners except the requester decide about a promotion', () => {
    const rates = aTenant({
      owners: ['user:default/olga', 'group:default/rates'],
      members: [
        { subject: 'user:default/otto', role: 'owner' },
        { subject: 'user:default/bea', role: 'builder' },
      ],
    });
    const promotion = asked('promote');
    promotion.spec.target = {
      kind: 'App',
      name: 'prices',
      namespace: 'rates-desk--home',
    };
    const may = (name: string, ...groups: string[]) =>
      canDecide(
        { user: `user:default/${name}`, groups },
        promotion,
        rates,
        small,
      );
    expect(may('rob', 'group:default/rates')).toBe(true);
    expect(may('olga')).toBe(true);
    expect(may('otto')).toBe(true);
    expect(may('petra', platformGroup)).toBe(true);
    expect(may('bea', 'group:default/leads')).toBe(false);
    expect(may('rita', 'group:default/rates')).toBe(false);
  });

  it('keeps people from deciding requests of their own', () => {
    const groups = ['group:default/leads'];
    const may = (user: string) =>
      canDecide({ user, groups }, asked('offboard'), tenant, small);
    expect(may('user:default/rita')).toBe(false);
    expect(may('user:default/lena')).toBe(true);
  });
});
