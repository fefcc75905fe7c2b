import {
  appKind,
  tenantKind,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { NewApp } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  coreKinds,
  type ConfigMap,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import { createTenant, aTenant } from '../__testUtils__/createTenant';
import { signedInAs } from '../__testUtils__/people';
import { readEvents } from '../__testUtils__/readEvents';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const files = [{ path: 'functions.py', content: 'print("hello")\n' }];
const app = (name: string, fields: Partial<NewApp> = {}): NewApp => ({
  name,
  title: 'Month-end prices',
  archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
  answers: { symbols: ['AAPL'] },
  environment: 'dev',
  ...fields,
});

integration('apps on a real API server', () => {
  let portal: Portal;
  const base = '/tenants/rates-desk';
  const namespace = 'rates-desk--home';

  beforeAll(async () => {
    portal = await startPortal();
    await createTenant(portal.cluster.client);
    await portal.shows('bea', '/tenants', 'rates-desk');
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  const makeRepository = (name: string) =>
    portal.call('bea', 'POST', `${base}/repositories`, { name, files });

  it('creates a repository for a builder and returns its address', async () => {
    const { body, status } = await makeRepository('made');
    expect(status).toBe(201);
    expect(body).toEqual({
      name: 'rates-desk/made',
      cloneUrl: 'http://portal.test/api/bailiwick/git/rates-desk/made.git',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(await makeRepository('made')).toMatchObject({ status: 201, body });
  });

  it('refuses another repository of the same name', async () => {
    await makeRepository('taken');
    const { body, status } = await portal.call(
      'bea',
      'POST',
      `${base}/repositories`,
      { name: 'taken', files: [{ path: 'a', content: 'b' }] },
    );
    expect(status).toBe(409);
    expect(body.error.message).toMatch(/choose another name/);
  });

  it.each(['tom', 'eve', 'pia'] as const)(
    'denies %s both repository and app',
    async who => {
      const own = { name: `${who}s`, files };
      const repository = await portal.call(
        who,
        'POST',
        `${base}/repositories`,
        own,
      );
      expect(repository.status).toBe(403);
      await makeRepository('beas');
      const created = await portal.call(
        who,
        'POST',
        `${base}/apps`,
        app('beas'),
      );
      expect([403, 404]).toContain(created.status);
      expect(await apps()).not.toContain('beas');
    },
  );

  it('creates an app with its code, in the name of the builder', async () => {
    const { body: repository } = await makeRepository('prices');
    const created = await portal.call(
      'bea',
      'POST',
      `${base}/apps`,
      app('prices'),
    );
    expect(created).toMatchObject({
      status: 201,
      body: {
        tenant: 'rates-desk',
        canBuild: true,
        canCreateToken: true,
        spec: {
          owner: 'group:default/rates',
          source: {
            repository: 'rates-desk/prices',
            revision: repository.commit,
          },
          environments: [{ name: 'dev', revision: 'draft' }],
        },
      },
    });
    const bundles = await portal.cluster.client
      .resource<ConfigMap & { immutable?: boolean }>(coreKinds.configMaps)
      .list({ namespace, labelSelector: 'bailiwick.dev/app=prices' });
    expect(bundles).toHaveLength(1);
    expect(bundles[0].immutable).toBe(true);
    expect(bundles[0].metadata.annotations).toEqual({
      'bailiwick.dev/bundle-digest': expect.stringMatching(/^sha256:/),
    });
  });

  it('accepts the same app again, and rejects another one with its name', async () => {
    await makeRepository('same');
    const first = await portal.call('bea', 'POST', `${base}/apps`, app('same'));
    const again = await portal.call('bea', 'POST', `${base}/apps`, app('same'));
    expect(again.status).toBe(201);
    expect(again.body.metadata.uid).toBe(first.body.metadata.uid);

    const other = app('same', { answers: { symbols: ['IBM'] } });
    const refused = await portal.call('bea', 'POST', `${base}/apps`, other);
    expect(refused.status).toBe(409);
  });

  it.each([
    [
      'an environment that the tenant has not',
      { environment: 'moon' },
      /dev, prod/,
    ],
    ['a name that cannot be one', { name: 'a--b' }, /must not contain "--"/],
    [
      'a draft in a protected environment',
      { environment: 'prod' },
      /prod is protected and accepts only releases/,
    ],
    [
      'the repository of another app',
      { repository: 'made' } as object,
      /repository/,
    ],
    ['no title', { title: '' }, /title: must not be empty/],
  ])('refuses %s', async (_what, fields, words) => {
    await makeRepository('refused');
    const { body, status } = await portal.call(
      'bea',
      'POST',
      `${base}/apps`,
      app('refused', fields),
    );
    expect(status).toBe(400);
    expect(body.error.message).toMatch(words);
  });

  it('keeps the code of a deleted app, and reports it when its name is reused', async () => {
    await makeRepository('gone');
    await portal.call('bea', 'POST', `${base}/apps`, app('gone'));
    await portal.call('bea', 'DELETE', `${base}/apps/gone`);
    expect(await makeRepository('gone')).toMatchObject({ status: 201 });
    const { body, status } = await portal.call(
      'bea',
      'POST',
      `${base}/repositories`,
      { name: 'gone', files: [{ path: 'a', content: 'b' }] },
    );
    expect(status).toBe(409);
    expect(body.error.message).toMatch(
      /repositories are kept when an app is deleted/,
    );
  });

  it('gives the code of a deleted tenant to no one who reuses its name', async () => {
    const { client } = portal.cluster;
    const tenants = client.resource(tenantKind);
    const desk = '/tenants/short-desk';
    const put = (content: string) =>
      portal.call('bea', 'POST', `${desk}/repositories`, {
        name: 'feed',
        files: [{ path: 'functions.py', content }],
      });
    await createTenant(client, aTenant('short-desk'));
    await portal.shows('bea', '/tenants', 'short-desk');
    const { body: first } = await put('secret = 1\n');

    await tenants.delete('short-desk');
    const { metadata } = await tenants.create(aTenant('short-desk'));
    await eventually('The portal sees the later tenant', async () => {
      const shown = await portal.shows('bea', '/tenants', 'short-desk');
      return shown.metadata.uid === metadata.uid;
    });
    const created = await portal.call(
      'bea',
      'POST',
      `${desk}/apps`,
      app('feed'),
    );
    expect(created.status).toBe(404);
    const { body: later, status } = await put('fresh = 1\n');
    expect(status).toBe(201);
    expect(later.commit).not.toBe(first.commit);
  });

  it('does not reveal to strangers whether an app or a tenant exists', async () => {
    await makeRepository('hidden');
    await portal.call('bea', 'POST', `${base}/apps`, app('hidden'));
    await portal.shows('bea', '/apps', 'hidden');
    for (const path of [
      '/tenants/rates-desk/apps/hidden',
      '/tenants/x/apps/y',
    ]) {
      const { status } = await portal.call('eve', 'GET', path);
      expect(status).toBe(404);
    }
    const { status } = await portal.call(
      'eve',
      'GET',
      `${base}/apps/hidden/environments/dev/pods/p/log`,
    );
    expect(status).toBe(404);
  });

  it('follows an app with its events, and ends when it is deleted', async () => {
    await makeRepository('watched');
    await portal.call('bea', 'POST', `${base}/apps`, app('watched'));
    await portal.shows('tom', '/apps', 'watched');
    const stream = await readEvents(
      `${portal.url}${base}/apps/watched?watch=true`,
      signedInAs('tom'),
    );
    expect(await stream.next()).toMatchObject({
      app: { metadata: { name: 'watched' }, canBuild: false },
      pods: [],
      events: [],
    });
    await portal.cluster.client
      .resource<App>(appKind)
      .patch('watched', { spec: { title: 'Other' } }, { namespace });
    expect((await stream.next()).app.spec.title).toBe('Other');
    expect(
      await portal.call('bea', 'DELETE', `${base}/apps/watched`),
    ).toMatchObject({ status: 204 });
    await expect(stream.next()).rejects.toThrow('The stream ended');
  });

  it('removes the apps with the membership', async () => {
    await makeRepository('shared');
    await portal.call('bea', 'POST', `${base}/apps`, app('shared'));
    await portal.shows('tom', '/apps', 'shared');
    const stream = await readEvents(
      `${portal.url}/apps?watch=true`,
      signedInAs('tom'),
    );
    const { items } = await stream.next();
    const tenants = portal.cluster.client.resource(tenantKind);
    await tenants.patch('rates-desk', { spec: { members: [] } });
    const removed = [];
    for (const _ of items) removed.push(await stream.next());
    stream.close();
    await tenants.patch('rates-desk', {
      spec: { members: aTenant().spec.members },
    });
    expect(removed.every(({ type }) => type === 'removed')).toBe(true);
    expect(removed.map(({ id }) => id)).toContain(`${namespace}/shared`);
  });

  async function apps(): Promise<string[]> {
    const found = await portal.cluster.client
      .resource<App>(appKind)
      .list({ namespace });
    return found.map(({ metadata }) => metadata.name);
  }
});
