import { aPlan, aTenant } from '../__fixtures__/objects';
import type { ChangeAction, ChangeRequest } from '../kinds';
import { decidersOf, decidingPlan, mayDecide } from './deciders';
import { platformGroup } from './roles';

const tenant = aTenant();
const small = aPlan('small', ['group:default/leads']);
const large = aPlan('large', ['group:default/finance']);

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
        'group:default/finance',
        platformGroup,
      ]);
      expect(decidersOf(request, tenant, small)).toEqual([platformGroup]);
    },
  );

  it('does not ask present owners whether others may join them', () => {
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

  it('leaves a cordon to the platform team', () => {
    expect(decidersOf(asked('cordon'), tenant, small)).toEqual([platformGroup]);
  });

  it('keeps to the plan that the operator found', () => {
    const request = { ...asked('offboard'), status: { plan: 'large' } };
    expect(decidersOf(request, tenant, small)).toEqual([platformGroup]);
    expect(decidersOf(request, tenant, large)).toContain(
      'group:default/finance',
    );
  });
});

describe('mayDecide', () => {
  it('keeps people from deciding requests of their own', () => {
    const groups = ['group:default/leads'];
    const may = (user: string) =>
      mayDecide({ user, groups }, asked('offboard'), tenant, small);
    expect(may('user:default/rita')).toBe(false);
    expect(may('user:default/lena')).toBe(true);
  });
});
