import { aTenant } from '../__fixtures__/objects';
import { requestEnd, type ChangeAction } from './changeRequest';
import { readProposal } from './changes';

const problemsOf = (action: ChangeAction, proposed: unknown) =>
  readProposal(action, proposed).problems;
const at = '2027-01-01T00:00:00Z';

describe('readProposal', () => {
  it.each([
    ['create', aTenant().spec],
    ['changePlan', { plan: 'large' }],
    ['setEnvironments', { environments: [{ name: 'dev' }] }],
    ['setEnvironments', { add: [{ name: 'test' }] }],
    ['setMembers', { members: [] }],
    ['renew', { expiresAt: at }],
    ['renew', { environments: [{ name: 'dev', expiresAt: at }] }],
    ['transfer', { owners: ['group:default/fx'] }],
    ['offboard', { confirm: 'rates-desk' }],
    ['cordon', { reason: 'An incident.' }],
    ['uncordon', {}],
    ['grantAccess', { environment: 'dev', expiresAt: at }],
    [
      'grantAccess',
      { environment: 'dev', functions: ['prices'], expiresAt: at },
    ],
  ] as const)('takes %s of %j', (action, proposed) => {
    expect(problemsOf(action, proposed)).toBeUndefined();
  });

  it('adds defaults of the kind', () => {
    const { proposal } = readProposal('setEnvironments', {
      environments: [{ name: 'dev' }],
    });
    expect(proposal).toEqual({
      environments: [{ name: 'dev', cluster: 'local', protected: false }],
    });
  });

  it.each([
    [
      'changePlan',
      { plan: 'large', owners: [] },
      'Action "changePlan" accepts only plan; remove owners',
    ],
    [
      'setEnvironments',
      { environments: [{ name: 'dev' }], plan: 'x' },
      'Action "setEnvironments" accepts only environments or add; remove plan',
    ],
    [
      'renew',
      { expiresAt: at, title: 'T' },
      'Action "renew" accepts only expiresAt or environments; remove title',
    ],
    [
      'uncordon',
      { reason: 'x' },
      'Action "uncordon" accepts no fields; remove reason',
    ],
    ['changePlan', {}, 'Action "changePlan" requires plan'],
    ['setMembers', {}, 'Action "setMembers" requires members'],
    [
      'grantAccess',
      { environment: 'dev' },
      'Action "grantAccess" requires expiresAt',
    ],
    ['cordon', { reason: '' }, 'proposed.reason: must not be empty'],
    [
      'setMembers',
      { members: [{ subject: 'bea', role: 'builder' }] },
      'proposed.members[0].subject: must be a user or group reference such as user:default/bea',
    ],
    [
      'promote',
      { environment: 'prod', release: 'r1', overriddenChecks: 'contract' },
      'proposed.overriddenChecks: must be a list',
    ],
    [
      'setEnvironments',
      { add: [{ name: 'a--b' }] },
      'proposed.add[0].name: An environment name must not contain "--": it separates tenant and environment in namespace names',
    ],
  ] as const)(
    'reports the problem with %s of %j',
    (action, proposed, words) => {
      expect(problemsOf(action, proposed)).toEqual([words]);
    },
  );
});

describe('requestEnd', () => {
  const metadata = { name: 'r', creationTimestamp: '2026-11-20T08:00:00Z' };
  const spec = { expiresAt: undefined } as never;

  it('is two weeks after the creation of the request by default', () => {
    expect(requestEnd({ metadata, spec })).toBe('2026-12-04T08:00:00.000Z');
    expect(requestEnd({ metadata: { name: 'r' }, spec })).toBeUndefined();
  });

  it('is the end that it names', () => {
    expect(requestEnd({ metadata, spec: { expiresAt: at } as never })).toBe(at);
  });
});
