import { mockCredentials } from '@backstage/backend-test-utils';
import {
  changeRequestKind,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  addressOf,
  bodies,
  keyOfRoute,
  parameters,
} from '../__testUtils__/exampleRequests';
import { createFeedApp } from '../__testUtils__/createFeedApp';
import { aTenant, createTenant } from '../__testUtils__/createTenant';
import { people, signedInAs } from '../__testUtils__/people';
import { routesOfPlugin, type Route } from '../__testUtils__/routesOf';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

/** Routes for all signed-in people; lists contain only the items that the person can see. */
const forEverybody = [
  'GET /me',
  'GET /cluster',
  'GET /docs',
  'GET /docs/:guide',
  'GET /plans',
  'GET /packs',
  'GET /packs/:pack/archetypes/:archetype',
  'GET /tenants',
  'GET /apps',
  'GET /calls',
  'GET /fleet',
  'GET /requests',
  'GET /access',
  'POST /requests',
  'POST /requests/preflight',
];
/** With these, anyone requests access to an app; they name the app that was asked about. */
const forStrangers = [
  'GET /tenants/:tenant/apps/:app/access',
  'POST /tenants/:tenant/apps/:app/access',
];
/** Requests that change nothing, but read a lot or reveal the output of programs. */
const audits = [
  'GET /tenants/:tenant/reads.csv',
  'GET /tenants/:tenant/export',
  'GET /tenants/:tenant/apps/:app/environments/:environment/functions/:fn/file',
  'GET /tenants/:tenant/apps/:app/environments/:environment/log',
  'GET /tenants/:tenant/apps/:app/environments/:environment/pods/:pod/log',
];

const routes = routesOfPlugin();
const table = routes.map(route => [keyOfRoute(route), route] as const);
const guarded = table.filter(
  ([key]) => ![...forEverybody, ...forStrangers].includes(key),
);

integration('every route', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal();
    await createFeedApp(portal);
    await waitingRequest();
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  async function waitingRequest() {
    const { groups, user } = people.rita;
    await portal.cluster.client
      .as({ user, groups: [...groups, 'system:authenticated'] })
      .resource<ChangeRequest>(changeRequestKind)
      .create({
        apiVersion: changeRequestKind.apiVersion,
        kind: changeRequestKind.kind,
        metadata: { name: parameters.name },
        spec: {
          target: { kind: 'Tenant', name: 'rates-desk' },
          action: 'renew',
          proposed: { expiresAt: '2030-01-01T00:00:00Z' },
          reason: 'One more year.',
          requestedBy: user,
        },
      });
    await portal.shows('rita', '/requests', parameters.name);
  }

  async function ask(route: Route, headers: Record<string, string>) {
    portal.auditor.createEvent.mockClear();
    const body = bodies[keyOfRoute(route)];
    const response = await fetch(`${portal.url}${addressOf(route)}`, {
      method: route.method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  }

  /** The audit events of the last call, by how they ended. */
  async function audited() {
    const { results } = portal.auditor.createEvent.mock;
    const events = await Promise.all(results.map(({ value }) => value));
    return {
      failed: events.filter(({ fail }) => fail.mock.calls.length === 1).length,
      succeeded: events.filter(({ success }) => success.mock.calls.length > 0)
        .length,
    };
  }

  it('is known to these tests', () => {
    expect(routes.length).toBeGreaterThan(18);
    const keys = table.map(([key]) => key);
    expect(keys).toEqual(expect.arrayContaining(forEverybody));
    const writing = routes.filter(({ method }) => method === 'POST');
    expect(writing.map(keyOfRoute).filter(key => !bodies[key])).toEqual([]);
    const names = routes.flatMap(({ path }) => path.match(/:(\w+)/g) ?? []);
    expect(names.filter(name => !parameters[name.slice(1)])).toEqual([]);
  });

  it.each(table)('%s requires a sign-in', async (_, route) => {
    expect(await ask(route, {})).toMatchObject({ status: 401 });
    const authorization = mockCredentials.user.invalidHeader();
    expect(await ask(route, { authorization })).toMatchObject({ status: 401 });
    // The cookie with which browsers fetch pictures and the like.
    const cookie = mockCredentials.limitedUser.cookie(people.rita.user);
    expect(await ask(route, { cookie })).toMatchObject({ status: 401 });
  });

  it.each(table)('%s is closed to other services', async (_, route) => {
    const authorization = mockCredentials.service.header();
    expect(await ask(route, { authorization })).toMatchObject({ status: 403 });
  });

  /** Eve has no part in the tenant. */
  function isClosedToEve(): void {
    it.each(guarded)('%s is closed', async (key, route) => {
      const { status, text } = await ask(route, signedInAs('eve'));
      expect([403, 404]).toContain(status);
      // A refusal repeats the request, and reveals nothing else.
      expect(text).not.toMatch(/morning meeting|group:default\/rates|prices/);
      const isAudited = route.method !== 'GET' || audits.includes(key);
      expect(await audited()).toEqual({
        failed: isAudited ? 1 : 0,
        succeeded: 0,
      });
    });

    it.each(table.filter(([key]) => forEverybody.includes(key)))(
      '%s tells nothing of the tenant',
      async (_, route) => {
        const { text } = await ask(route, signedInAs('eve'));
        expect(text).not.toMatch(/rates-desk|default\/rates/);
      },
    );
  }

  /** Returns the length of each list. */
  const seen = async (who: 'rita' | 'eve') => {
    const lists = ['/tenants', '/apps', '/requests'].map(async path => {
      const query = '?limit=1&offset=0&order=desc';
      const { body } = await portal.call(who, 'GET', path + query);
      expect(Object.keys(body)).toEqual(['items']);
      return body.items.length;
    });
    return Promise.all(lists);
  };

  it('shows strangers which environments an app has, and nothing else of it', async () => {
    const path = '/tenants/rates-desk/apps/feed/access';
    const { body } = await portal.call('eve', 'GET', path);
    expect(Object.keys(body)).toEqual(['environments', 'accesses']);
    expect(body.accesses).toEqual([]);
  });

  describe('for a stranger', () => {
    isClosedToEve();

    it('counts only visible objects in lists', async () => {
      expect(await seen('rita')).toEqual([1, 1, 1]);
      expect(await seen('eve')).toEqual([0, 0, 0]);
    });
  });

  describe('for an owner of another tenant', () => {
    beforeAll(async () => {
      const { metadata, spec, ...other } = aTenant('other-desk');
      await createTenant(portal.cluster.client, {
        ...other,
        metadata,
        spec: { ...spec, owners: ['group:default/others'], members: [] },
      });
      await portal.shows('eve', '/tenants', 'other-desk');
    }, 60_000);

    isClosedToEve();

    it('counts only visible objects in lists', async () => {
      expect(await seen('eve')).toEqual([1, 0, 0]);
    });
  });
});
