import {
  plan,
  request,
  tenant,
} from '@bailiwick/backstage-test-cluster/objects';
import { actionOf } from '.';

const planned = (
  action: 'changePlan' | 'setEnvironments' | 'renew',
  proposed: Record<string, unknown>,
) => {
  const asked = request('r', 'desk', { action, proposed });
  const facts = {
    tenant: tenant('desk'),
    plan: plan('small'),
    request: {},
    evidence: {},
  };
  const { signal } = new AbortController();
  const now = new Date('2026-11-20T00:00:00Z');
  return actionOf(asked).plan({ request: asked, facts, now, signal });
};

describe('patchTenant', () => {
  it('changes its field, and nothing else', () => {
    expect(planned('changePlan', { plan: 'large' })).toEqual({
      ...tenant('desk').spec,
      plan: 'large',
    });
  });

  it.each([
    ['changePlan', { plan: 'large', owners: ['group:default/me'] }, 'owners'],
    ['setEnvironments', { environments: [{ name: 'dev' }], plan: 'x' }, 'plan'],
    ['renew', { expiresAt: '2027-01-01T00:00:00Z', title: 'T' }, 'title'],
  ] as const)(
    'refuses %s with a field of something else',
    (action, proposed, other) => {
      expect(() => planned(action, proposed)).toThrow(
        new RegExp(
          `^The action "${action}" changes only .*; leave out ${other}$`,
        ),
      );
    },
  );
});
