import {
  appKind,
  grantKind,
  type App,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { GrantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { createTenant } from '../__testUtils__/createTenant';
import { startPortal, type Portal } from '../__testUtils__/startPortal';
import { hashToken } from './token';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('grants on a real API server', () => {
  let portal: Portal;
  const namespace = 'rates-desk--home';
  const path = '/tenants/rates-desk/apps/feed/grants';

  beforeAll(async () => {
    portal = await startPortal();
    await createTenant(portal.cluster.client);
    await portal.cluster.client.resource<App>(appKind).create({
      apiVersion: 'bailiwick.dev/v1alpha1',
      kind: 'App',
      metadata: { name: 'feed', namespace },
      spec: {
        title: 'Feed',
        owner: 'group:default/rates',
        archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
        answers: {},
        source: {
          repository: 'rates-desk/feed',
          path: '.',
          revision: '3f9c1e2',
        },
        environments: [{ name: 'dev', revision: 'draft' }],
        delivery: { rest: true, csv: true },
      },
    });
    await portal.shows('tom', '/apps', 'feed');
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  const make = (who: 'tom' | 'bea' | 'eve' | 'rita', fields: object = {}) =>
    portal.call(who, 'POST', path, {
      client: 'excel',
      environment: 'dev',
      days: 2,
      ...fields,
    });
  const stored = (name: string) =>
    portal.cluster.client.resource<Grant>(grantKind).get(name, { namespace });

  it('returns a viewer’s token once and keeps only its hash', async () => {
    const { body, status } = await make('tom');
    expect(status).toBe(201);
    expect(body.address).toBe('http://gateway.test/v1/rates-desk/dev/feed');

    const { spec } = await stored(body.grant.metadata.name);
    expect(spec).toMatchObject({
      app: 'feed',
      environment: 'dev',
      client: 'excel',
      subject: 'user:default/tom',
      tokenHash: hashToken(body.token),
    });
    expect(JSON.stringify(spec)).not.toContain(body.token);
    const days = (Date.parse(spec.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(2, 1);
  });

  it('stores the restrictions of a token, and rejects invalid ones', async () => {
    const restrictions = {
      addresses: ['10.1.0.0/16', '2001:db8::/32'],
      limits: { callsPerMinute: 60, callsPerDay: 1_000 },
      allowsQuery: true,
    };
    const { body, status } = await make('tom', restrictions);
    expect(status).toBe(201);
    expect((await stored(body.grant.metadata.name)).spec).toMatchObject(
      restrictions,
    );
    const wrong = await make('tom', { addresses: ['10.1.0.0'] });
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.message).toContain(
      'A range of addresses must be a CIDR, such as 10.1.0.0/16',
    );
  });

  it('returns the address of the repository with a git token', async () => {
    const { body } = await make('bea', {
      client: 'git',
      environment: undefined,
    });
    expect(body.address).toBe(
      'http://portal.test/api/bailiwick/git/rates-desk/feed.git',
    );
  });

  it('passes on the API server’s message about a grant without environment', async () => {
    const { body, status } = await make('tom', { environment: undefined });
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      'spec: A grant for results must have an environment',
    );
  });

  it.each([
    ['no days', { days: 0 }, /days/],
    ['a year and a day', { days: 366 }, /days/],
    ['an unknown client', { client: 'lotus' }, /client/],
    ['a subject of its own choice', { subject: 'user:default/bea' }, /subject/],
  ])('refuses %s', async (_what, fields, words) => {
    const { body, status } = await make('tom', fields);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(words);
  });

  it('returns nothing to people without membership', async () => {
    const { status } = await make('eve');
    expect([403, 404]).toContain(status);
    expect((await portal.call('eve', 'GET', path)).status).toBe(403);
  });

  it('lists the tokens of the app, and lets people revoke only their own', async () => {
    const { body: toms } = await make('tom');
    const { body: beas } = await make('bea');
    const { body } = await portal.call('tom', 'GET', path);
    const names = body.items.map(({ metadata }: Grant) => metadata.name);
    expect(names).toEqual(
      expect.arrayContaining([
        toms.grant.metadata.name,
        beas.grant.metadata.name,
      ]),
    );
    const revocable = async (who: 'tom' | 'rita' | 'pia') => {
      const { body: list } = await portal.call(who, 'GET', path);
      return list.items
        .filter(({ canRevoke }: GrantView) => canRevoke)
        .map(({ spec }: GrantView) => spec.subject);
    };
    expect(new Set(await revocable('tom'))).toEqual(
      new Set(['user:default/tom']),
    );
    expect(await revocable('rita')).toEqual(
      expect.arrayContaining(['user:default/tom', 'user:default/bea']),
    );
    expect(await revocable('pia')).toEqual([]);
    const revoke = (name: string) =>
      portal.call('tom', 'DELETE', `${path}/${name}`);
    expect((await revoke(beas.grant.metadata.name)).status).toBe(403);
    expect((await revoke(toms.grant.metadata.name)).status).toBe(204);
    await expect(stored(toms.grant.metadata.name)).rejects.toThrow('not found');
  });
});
