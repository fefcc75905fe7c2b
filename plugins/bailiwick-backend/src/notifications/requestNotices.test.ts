import type {
  ChangeAction,
  ChangeRequest,
  Plan,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { aTenant } from '../__testUtils__/createTenant';
import { newRequest } from '../requests/newRequest';
import { requestNotices } from './requestNotices';

type Status = NonNullable<ChangeRequest['status']>;

const rita = { user: 'user:default/rita', groups: ['group:default/rates'] };
const plan = {
  metadata: { name: 'small' },
  spec: { approval: { rules: [], deciders: ['group:default/leads'] } },
} as unknown as Plan;
const desk: Tenant = {
  ...aTenant(),
  metadata: { name: 'rates-desk', uid: 'tenant-1' },
};
const secret = 'Nobody else may read this.';

function request(
  action: Exclude<ChangeAction, 'promote'>,
  phase: Status['phase'],
  more: { proposed?: object; status?: Partial<Status> } = {},
): ChangeRequest {
  const { metadata, ...made } = newRequest(rita, 'rates-desk', {
    action,
    proposed: { ...more.proposed },
    reason: secret,
  });
  return {
    ...made,
    metadata: {
      ...metadata,
      uid: 'request-1',
      creationTimestamp: '2026-11-20T12:00:00Z',
    },
    status: {
      phase,
      evidence: { tenantUid: 'tenant-1' },
      verdict: {
        verdict: 'approve',
        by: 'user:default/pia',
        reason: secret,
        at: '2026-11-20T13:00:00Z',
      },
      ...more.status,
    },
  };
}

const told = (...args: Parameters<typeof request>) =>
  requestNotices(request(...args), desk, plan);

describe('requestNotices', () => {
  it('notifies the requester of others’ comments, and commenters of replies, without the text', () => {
    const comment = (by: string, requestsChanges?: boolean) => ({
      by: `user:default/${by}`,
      at: '2026-11-20T13:00:00Z',
      text: secret,
      requestsChanges,
    });
    const comments = [
      comment('rita'),
      comment('bea'),
      comment('pia', true),
      comment('rita'),
    ];
    const [, ...said] = told('renew', 'Open', { status: { comments } });
    expect(said).toMatchObject([
      {
        what: 'comment:1',
        to: ['user:default/rita'],
        title: 'New comment: Renew rates-desk',
      },
      {
        what: 'comment:2',
        to: ['user:default/rita'],
        title: 'Changes requested: Renew rates-desk',
        link: expect.stringContaining('/requests?request='),
      },
      {
        what: 'comment:3',
        to: ['user:default/bea', 'user:default/pia'],
        title: 'New reply: Renew rates-desk',
        description: 'rita replied to your comment on the request.',
      },
    ]);
    expect(JSON.stringify(said)).not.toContain(secret);
  });

  it('shows the title of the target, if it is known', () => {
    const renewal = { ...request('renew', 'Open'), targetTitle: 'Rates desk' };
    expect(requestNotices(renewal, desk, plan)).toMatchObject([
      {
        title: 'Pending your approval: Renew Rates desk',
        description: expect.stringMatching(
          /^Requested by rita for tenant Rates desk\. /,
        ),
      },
    ]);
  });

  it('notifies the approvers of a pending request, and not the requester', () => {
    expect(told('renew', 'Open')).toEqual([
      {
        about: 'request-1',
        what: 'Open',
        replaces: 'request-1:Open',
        to: ['group:default/leads', 'group:default/platform'],
        except: 'user:default/rita',
        topic: 'decisions',
        severity: 'normal',
        title: 'Pending your approval: Renew rates-desk',
        description:
          'Requested by rita for tenant rates-desk. Approve or deny by 2026-12-04.',
        link: expect.stringMatching(/^\/requests\?request=rates-desk-renew-/),
      },
    ]);
  });

  it.each([
    [
      'Approved',
      'user:default/pia',
      /^pia approved the request\. The change is in progress/,
    ],
    ['Denied', 'user:default/pia', /^pia denied the request\./],
    [
      'Applied',
      'user:default/pia',
      /^pia approved the request\. See the tenant page for the new expiry/,
    ],
    ['Failed', undefined, /^The change failed\./],
    ['Withdrawn', 'user:default/rita', /^The requester withdrew the request/],
    ['Expired', undefined, /^The request expired before a decision/],
  ] as const)(
    'notifies requester and owners that it is %s',
    (phase, except, words) => {
      const [{ description, ...notice }] = told('renew', phase);
      expect(notice.to).toEqual(['user:default/rita', 'group:default/rates']);
      expect(notice.except).toBe(except);
      const start = 'Requested by rita for tenant rates-desk. ';
      expect(description.startsWith(start)).toBe(true);
      expect(description.slice(start.length)).toMatch(words);
    },
  );

  it('shows each reader one notification per request, in the words of the pages', () => {
    const scopes = (phase: Status['phase']) =>
      told('renew', phase).map(({ replaces, title, topic }) => [
        topic,
        replaces,
        title,
      ]);
    const decisions = ['decisions', 'request-1:Open'];
    const progress = ['requests', 'request-1:progress'];
    expect(scopes('Open')).toEqual([
      [...decisions, 'Pending your approval: Renew rates-desk'],
    ]);
    expect(scopes('Approved')).toEqual([
      [...progress, 'Approved: Renew rates-desk'],
      [...decisions, 'Approved: Renew rates-desk'],
    ]);
    expect(scopes('Applied')).toEqual([
      [...progress, 'Completed: Renew rates-desk'],
      [...decisions, 'Completed: Renew rates-desk'],
    ]);
  });

  it.each([
    ['renew', '/tenants/rates-desk'],
    ['create', '/tenants/rates-desk'],
    ['offboard', /^\/requests\?request=/],
    ['transfer', /^\/requests\?request=/],
  ] as const)('leads from a completed %s to the next page', (action, link) => {
    const [{ link: actual }] = told(action, 'Applied');
    expect(actual).toMatch(link);
  });

  it('leads from a completed promotion to the app, and from access to the API', () => {
    const links = (['promote', 'grantAccess'] as const).map(action => {
      const made = request('renew', 'Applied');
      made.spec.action = action;
      made.spec.target = {
        kind: 'App',
        name: 'prices',
        namespace: 'rates-desk--home',
      };
      return requestNotices(made, desk, plan)[0].link;
    });
    expect(links).toEqual([
      '/catalog/rates-desk/component/prices/deploy',
      '/catalog/rates-desk/component/prices/get-data',
    ]);
  });

  it('names the rule, not a person, when a rule decided', () => {
    const verdict = {
      verdict: 'approve' as const,
      by: 'rule',
      reason: secret,
      at: '2026-11-20T13:00:00Z',
    };
    const [{ description, except }] = told('renew', 'Approved', {
      status: { verdict },
    });
    expect(description).toContain('A plan rule approved the request');
    expect(except).toBeUndefined();
  });

  it.each([
    'Open',
    'Approved',
    'Denied',
    'Applied',
    'Failed',
    'Expired',
  ] as const)('contains no reasons if it is %s', phase => {
    expect(JSON.stringify(told('setMembers', phase))).not.toContain(secret);
  });

  it('notifies only the requester of a denied tenant', () => {
    const proposed = { ...aTenant().spec, title: 'New desk' };
    for (const phase of ['Denied', 'Failed'] as const) {
      const [{ title, to }] = told('create', phase, { proposed });
      expect(to).toEqual(['user:default/rita']);
      expect(title).toBe(`${phase}: New tenant New desk (rates-desk)`);
    }
    const owners = ['group:default/fx'];
    const [{ to }] = told('create', 'Applied', {
      proposed: { ...proposed, owners },
    });
    expect(to).toEqual(['user:default/rita', ...owners]);
  });

  it('notifies no one in a later tenant of the same name', () => {
    const evidence = { tenantUid: 'tenant-0' };
    const [{ to }] = told('offboard', 'Applied', { status: { evidence } });
    expect(to).toEqual(['user:default/rita']);
  });

  it('notifies old and new owners of a completed transfer', () => {
    const [{ to }] = told('transfer', 'Applied', {
      proposed: { owners: ['group:default/fx'] },
      status: { before: { owners: ['group:default/rates'] } },
    });
    expect(to).toEqual([
      'user:default/rita',
      'group:default/rates',
      'group:default/fx',
    ]);
  });

  it('sends nothing before the rules were evaluated', () => {
    expect(told('renew', undefined)).toEqual([]);
  });
});
