import {
  coreKinds,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  changeRequestKind,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { eventually } from '@bailiwick/backstage-testing';
import { aTenant } from '../__testUtils__/createTenant';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const reason = 'Prices for the morning meeting.';
const request = (name: string, spec: object = {}) => ({
  name,
  reason,
  spec: { ...aTenant().spec, ...spec },
});

/** Served version of a kind, as far as the test changes it. */
interface Version {
  schema: {
    openAPIV3Schema: {
      properties: {
        spec: { properties: Record<string, unknown>; required?: string[] };
      };
    };
  };
}

type Definition = KubeObject & { spec?: { versions: Version[] } };

integration('requests on a real API server', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal();
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  const stored = () =>
    portal.cluster.client.resource<ChangeRequest>(changeRequestKind).list();

  /** Requests a tenant as Rita and opens the request, as the operator would. */
  async function openRequest(name: string): Promise<RequestView> {
    const { body } = await portal.call(
      'rita',
      'POST',
      '/requests',
      request(name),
    );
    await portal.cluster.client
      .as({ user: 'bailiwick:operator', groups: ['system:masters'] })
      .resource(changeRequestKind)
      .patchStatus(body.metadata.name, { phase: 'Open' });
    await portal.shows('rita', '/requests', body.metadata.name);
    return body;
  }

  it('checks a request without keeping it', async () => {
    const before = await stored();
    const answer = await portal.call(
      'rita',
      'POST',
      '/requests?dryRun=true',
      request('dry-desk'),
    );
    expect(answer).toMatchObject({ status: 200, body: { mine: true } });
    expect(await stored()).toHaveLength(before.length);
  });

  it('creates a request in the name of the person', async () => {
    const { body, status } = await portal.call(
      'rita',
      'POST',
      '/requests',
      request('wet-desk'),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({ mine: true, canDecide: false });
    const kept = (await stored()).find(
      ({ metadata }) => metadata.name === body.metadata.name,
    );
    expect(kept?.spec).toMatchObject({
      requestedBy: 'user:default/rita',
      target: { kind: 'Tenant', name: 'wet-desk' },
      action: 'create',
      reason,
    });
  });

  it('reports all problems with the API server’s messages', async () => {
    const wrong = request('a--b', { plan: 'gigantic' });
    const { body, status } = await portal.call(
      'rita',
      'POST',
      '/requests?dryRun=true',
      wrong,
    );
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/must not contain "--"/);
    expect(body.error.message).toMatch(/Plan "gigantic" was not found/);
  });

  it('refuses more environments than the plan allows', async () => {
    const environments = ['a', 'b', 'c', 'd'].map(name => ({ name }));
    const { body, status } = await portal.call(
      'rita',
      'POST',
      '/requests',
      request('wide-desk', { environments }),
    );
    expect(status).toBe(400);
    expect(body.error.message).toMatch(
      /at most 3 environments, and the request has 4/,
    );
  });

  it('rejects unknown fields', async () => {
    const { body, status } = await portal.call('rita', 'POST', '/requests', {
      ...request('desk'),
      approved: true,
    });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/approved/);
  });

  it('rejects a tenant for a group of other people', async () => {
    const { body, status } = await portal.call(
      'eve',
      'POST',
      '/requests',
      request('eves-desk'),
    );
    expect(status).toBe(403);
    expect(body.error.message).toBe(
      'You must be a member of one of the owner groups',
    );
  });

  it('accepts comments of approvers and the requester, and of no one else', async () => {
    const name = (await openRequest('talk-desk')).metadata.name;
    const comment = (who: Parameters<Portal['call']>[0], body: object) =>
      portal.call(who, 'POST', `/requests/${name}/comments`, body);
    const asked = { text: 'One is enough.', requestsChanges: true };
    expect(await comment('pia', asked)).toMatchObject({
      status: 200,
      body: {
        status: {
          phase: 'Open',
          comments: [{ ...asked, by: 'user:default/pia' }],
        },
      },
    });
    expect((await comment('eve', { text: 'Hello.' })).status).toBe(404);
    expect((await comment('rita', asked)).status).toBe(403);
    const long = await comment('rita', { text: 'x'.repeat(1_001) });
    expect(long.status).toBe(400);
    const answer = await eventually('Rita answers', async () => {
      const answered = await comment('rita', { text: 'It is.' });
      // The portal may not have seen the first comment yet.
      return answered.status === 409 ? undefined : answered;
    });
    expect(answer.body.status.comments).toHaveLength(2);
  });

  it('refuses a second request for the same name while one waits', async () => {
    await openRequest('twice-desk');
    const { body, status } = await portal.call(
      'rita',
      'POST',
      '/requests',
      request('twice-desk'),
    );
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/is already pending/);
  });

  it('shows a request to its requester and to the platform, and to no one else', async () => {
    const { metadata } = await openRequest('shown-desk');
    await portal.shows('pia', '/requests', metadata.name);
    for (const who of ['bea', 'tom', 'eve'] as const) {
      const { body } = await portal.call(who, 'GET', '/requests');
      expect(body.items).toEqual([]);
    }
  });

  it('lets the platform decide, and no one their own request', async () => {
    const { metadata } = await openRequest('decided-desk');
    const path = `/requests/${metadata.name}/decision`;
    const decision = { verdict: 'approve', reason: 'Within the plan.' };

    const own = await portal.call('rita', 'POST', path, decision);
    expect(own.status).toBe(403);
    expect(own.body.error.message).toBe('You cannot decide your own request');
    expect((await portal.call('eve', 'POST', path, decision)).status).toBe(404);

    const decided = await portal.call('pia', 'POST', path, decision);
    expect(decided).toMatchObject({
      status: 200,
      body: {
        status: { verdict: { ...decision, by: 'user:default/pia' } },
      },
    });

    await eventually('The verdict is shown', async () => {
      const shown = await portal.shows('pia', '/requests', metadata.name);
      return (shown as RequestView).status?.verdict;
    });
    const again = await portal.call('pia', 'POST', path, decision);
    expect(again.status).toBe(403);
  });

  it('answers 404 for a request that is not there', async () => {
    const { status } = await portal.call(
      'pia',
      'POST',
      '/requests/x/decision',
      {
        verdict: 'deny',
        reason,
      },
    );
    expect(status).toBe(404);
  });

  it('keeps an audit trail of all attempts', async () => {
    portal.auditor.createEvent.mockClear();
    await portal.call('rita', 'POST', '/requests', request('a--b'));
    expect(portal.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'tenant-request',
        meta: { tenant: 'a--b' },
      }),
    );
    const [{ value }] = portal.auditor.createEvent.mock.results;
    const event = await value;
    expect(event.fail).toHaveBeenCalledTimes(1);
    expect(event.success).not.toHaveBeenCalled();
  });

  it('requires a sign-in', async () => {
    const response = await fetch(`${portal.url}/requests`, {
      headers: { authorization: 'Bearer mock-service-token:{}' },
    });
    expect([401, 403]).toContain(response.status);
  });

  it('refuses what the kinds of an older version in the cluster would lose', async () => {
    const before = await stored();
    const kinds = portal.cluster.client.resource<Definition>(
      coreKinds.customResourceDefinitions,
    );
    const { metadata, spec } = await kinds.get('changerequests.bailiwick.dev');
    const [version] = spec!.versions;
    const older = structuredClone(version);
    const requested = older.schema.openAPIV3Schema.properties.spec;
    delete requested.properties.reason;
    requested.required = requested.required?.filter(name => name !== 'reason');
    const become = (only: Version) =>
      kinds.patch(metadata.name, { spec: { versions: [only] } });
    const send = () =>
      portal.call('rita', 'POST', '/requests', request('later-desk'));
    await become(older);
    // The API server serves a changed definition a moment later.
    const refused = await eventually('A refusal', async () => {
      const answer = await portal.call(
        'rita',
        'POST',
        '/requests?dryRun=true',
        request('later-desk'),
      );
      return answer.status === 503 && send();
    });
    expect(refused).toMatchObject({
      status: 503,
      body: {
        error: {
          message:
            'The cluster does not know spec.reason, because it has another version of Bailiwick than the portal. Nothing was changed. Ask the platform team to update Bailiwick in the cluster.',
        },
      },
    });
    expect(await stored()).toHaveLength(before.length);
    await become(version);
    await eventually('The request', async () => (await send()).status === 201);
  });
});
