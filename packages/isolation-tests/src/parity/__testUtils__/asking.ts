import {
  changeRequestKind,
  type ChangeAction,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { request, tenant } from '@bailiwick/backstage-testing/objects';
import { creation, mergePatch } from '../../__testUtils__/Verdicts';
import {
  group,
  named,
  people,
  readers,
  statusOf,
  type Name,
  type Row,
  type Scene,
} from './Row';

const requests = `${group}/changerequests`;
const reason = 'The morning meeting needs it.';

/** Creates a pending request that the portal knows. */
async function openRequest(
  { estate, portal }: Scene,
  by: Name,
  name: string,
): Promise<void> {
  const { groups, user } = people[by];
  const all = estate.person(user, ...groups);
  const proposed = {
    add: [{ name: `more-${name}`.slice(0, 20).replace(/-$/, '') }],
  };
  await all.resource<ChangeRequest>(changeRequestKind).create(
    request(name, 'alpha', {
      action: 'setEnvironments',
      proposed,
      requestedBy: user,
    }),
  );
  await eventually(`${name} waits for a decision`, async () => {
    const { body: answer } = await portal.call(people[by], 'GET', '/requests');
    return answer.items.some(
      ({ metadata, status }: ChangeRequest) =>
        metadata.name === name && status?.phase === 'Open',
    );
  });
}

/** A row about asking for a change of the tenant. */
function change(
  action: ChangeAction,
  proposed: Record<string, unknown>,
  may: Name[],
  mayInCordon?: Name[],
): Row {
  return {
    may,
    mayInCordon,
    kubectl: (scene, who) =>
      creation(
        requests,
        request(named(scene, 'ask', who), 'alpha', {
          action,
          proposed,
          requestedBy: people[who].user,
        }),
      ),
    portal: ({ portal }, who) =>
      statusOf(
        portal.call(
          people[who],
          'POST',
          '/tenants/alpha/requests?dryRun=true',
          {
            action,
            proposed,
            reason,
          },
        ),
      ),
  };
}

function wanted() {
  const { spec } = tenant('new-desk', { owners: ['group:default/alpha'] });
  return { name: 'new-desk', spec: { ...spec, members: [] }, reason };
}

/** A row about asking for a tenant. */
function newTenant(portal: Row['portal']): Row {
  return {
    may: ['owner', 'engineer'],
    kubectl: (scene, who) =>
      creation(
        requests,
        request(named(scene, 'new', who), 'new-desk', {
          proposed: wanted().spec,
          requestedBy: people[who].user,
        }),
      ),
    portal,
  };
}

function decision(by: Name): Pick<Row, 'prepare' | 'kubectl' | 'portal'> {
  const nameOf = (scene: Scene, who: Name) => named(scene, `of-${by}`, who);
  const verdict = { verdict: 'deny', reason: 'Seen and denied.' };
  return {
    prepare: (scene, who) => openRequest(scene, by, nameOf(scene, who)),
    kubectl: (scene, who) =>
      mergePatch(`${requests}/${nameOf(scene, who)}/status`, {
        status: {
          verdict: {
            ...verdict,
            by: people[who].user,
            at: new Date().toISOString(),
          },
        },
      }),
    portal: (scene, who) =>
      statusOf(
        scene.portal.call(
          people[who],
          'POST',
          `/requests/${nameOf(scene, who)}/decision`,
          verdict,
        ),
      ),
  };
}

/** Creating, deciding and withdrawing requests. */
export const asking: Record<string, Row> = {
  'see a request about the tenant': {
    // The API server returns requests by name only to platform engineers; members see theirs in the portal.
    may: ['engineer'],
    portalMay: readers,
    prepare: (scene, who) =>
      openRequest(scene, 'owner', named(scene, 'seen', who)),
    kubectl: (scene, who) => ({
      path: `${requests}/${named(scene, 'seen', who)}`,
    }),
    portal: (scene, who) =>
      scene.portal.sees(people[who], '/requests', named(scene, 'seen', who)),
  },
  'ask for other members': change(
    'setMembers',
    { members: [{ subject: people.viewer.user, role: 'viewer' }] },
    ['owner', 'engineer'],
    ['engineer'],
  ),
  'ask for another owner': change(
    'transfer',
    { owners: ['group:default/beta'] },
    ['owner', 'engineer'],
  ),
  'ask for the end of the tenant': change('offboard', { confirm: 'alpha' }, [
    'owner',
    'engineer',
  ]),
  'ask for a cordon': change('cordon', { reason }, ['engineer'], ['engineer']),
  'ask for a tenant of the group alpha': newTenant(({ portal }, who) =>
    statusOf(
      portal.call(people[who], 'POST', '/requests?dryRun=true', wanted()),
    ),
  ),
  'ask for it by the action of a template': newTenant(({ portal }, who) =>
    portal.act(people[who], 'bailiwick:tenant:request', wanted(), {
      isDryRun: true,
    }),
  ),
  'decide a request of the owner': {
    may: ['engineer'],
    ...decision('owner'),
  },
  'decide a request of the engineer': {
    may: [],
    ...decision('engineer'),
  },
  'withdraw a request of the owner': {
    may: ['owner'],
    prepare: (scene, who) =>
      openRequest(scene, 'owner', named(scene, 'regret', who)),
    kubectl: (scene, who) =>
      mergePatch(`${requests}/${named(scene, 'regret', who)}/status`, {
        status: { phase: 'Withdrawn' },
      }),
    portal: (scene, who) =>
      statusOf(
        scene.portal.call(
          people[who],
          'POST',
          `/requests/${named(scene, 'regret', who)}/withdrawal`,
        ),
      ),
  },
  'take an archive of the tenant': {
    ...change('offboard', { confirm: 'alpha' }, ['owner', 'engineer']),
    portal: ({ portal }, who) =>
      statusOf(portal.call(people[who], 'GET', '/tenants/alpha/export')),
  },
};
