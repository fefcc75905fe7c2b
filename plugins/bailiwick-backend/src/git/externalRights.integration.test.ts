import {
  appKind,
  grantKind,
  tenantKind,
  type App,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { inDays } from '@bailiwick/backstage-testing/objects';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { aTenant } from '../__testUtils__/createTenant';
import { people, type Name } from '../__testUtils__/people';
import { hashToken, newToken } from '../grants/token';
import { base, GitHostWorld, namespace } from './__testUtils__/GitHostWorld';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('rights on repositories at a real git host', () => {
  let world: GitHostWorld;

  beforeAll(async () => {
    world = await GitHostWorld.start(1);
    await world.makeApp('feed');
  }, 900_000);
  afterAll(() => world?.stop(), 60_000);

  it('refuses a repository with commits, and uses an empty one', async () => {
    const path = '/orgs/platform/repos';
    const make = (name: string, auto_init: boolean) =>
      world.gitea.api(
        'POST',
        path,
        { name: `rates-desk.${name}`, auto_init },
        world.bot,
      );
    await make('taken', true);
    const { body, status } = await world.makeRepository('taken');
    expect([status, body.error.message]).toEqual([
      409,
      expect.stringContaining('taken.git already has commits'),
    ]);
    await make('empty', false);
    const used = await world.makeRepository('empty');
    expect(used.status).toBe(201);
    expect(await world.head('main', 'empty')).toBe(used.body.commit);
  });

  it('sends people who clone from the portal to the host', async () => {
    const asked = { client: 'git', days: 1 };
    const { body, status } = await world.portal.call(
      'bea',
      'POST',
      `${base}/apps/feed/grants`,
      asked,
    );
    expect(status).toBe(400);
    expect(body.error.message).toContain(world.address());
    // A token from before, or by kubectl.
    const secret = newToken();
    const bea = world.portal.cluster.client.as(people.bea);
    await bea.resource<Grant>(grantKind).create({
      apiVersion: 'bailiwick.dev/v1alpha1',
      kind: 'Grant',
      metadata: { name: 'feed-git', namespace },
      spec: {
        app: 'feed',
        client: 'git',
        subject: people.bea.user,
        membership: people.bea.user,
        expiresAt: inDays(1),
        tokenHash: hashToken(secret),
      },
    });
    const from = world.portal.url.replace('//', `//x:${secret}@`);
    const clone = () =>
      world.git(
        'clone',
        `${from}/git/rates-desk/feed.git`,
        join(world.folder, 'refused'),
      );
    const words = `The code of this app is at ${world.address()}`;
    await eventually('The answer', async () =>
      clone().catch(error => error.message.includes(words)),
    );
  });

  it('holds a push of which nobody has the rights, until someone takes over', async () => {
    const tenants = world.portal.cluster.client.resource(tenantKind);
    await tenants.patch('rates-desk', { spec: { members: [] } });
    await eventually('Bea is out', async () => {
      const { status } = await world.portal.call(
        'bea',
        'GET',
        `${base}/apps/feed`,
      );
      return status === 404;
    });
    const before = (await world.apps().get('feed', { namespace })).spec.source;
    const commit = await world.push({ 'functions.py': '# without Bea\n' });
    const { waiting } = await eventually('The reason', async () => {
      const found = await world.repository('rita');
      return found.waiting && found;
    });
    expect(waiting).toContain(
      'user:default/bea, who can no longer build apps of tenant rates-desk',
    );
    expect((await world.apps().get('feed', { namespace })).spec.source).toEqual(
      before,
    );
    const { members } = aTenant().spec;
    await tenants.patch('rates-desk', {
      spec: { members: members.filter(({ role }) => role === 'viewer') },
    });
    const takeOver = (who: Name) =>
      world.portal.call(who, 'POST', `${base}/apps/feed/repository/deployer`);
    await eventually('Tom is in', async () => {
      const { status } = await world.portal.call(
        'tom',
        'GET',
        `${base}/apps/feed`,
      );
      return status === 200;
    });
    expect((await takeOver('tom')).status).toBe(403);
    const { body } = await takeOver('rita');
    expect(body.host.deployer).toBe(people.rita.user);
    expect(body).not.toHaveProperty('waiting');
    await world.runs(commit);
    await tenants.patch('rates-desk', { spec: { members } });
    await world.portal.shows('bea', '/apps', 'feed');
  }, 60_000);

  it('finds pushes without webhooks, and restores a lost mirror', async () => {
    let commit = '';
    await world.portal.restart(async () => {
      const mirror = join(world.portal.repositories, 'rates-desk/feed.git');
      await rm(mirror, { recursive: true });
      commit = await world.push({ 'functions.py': '# while it was away\n' });
    });
    // Who deploys pushes was known to the lost mirror only.
    const { waiting } = await eventually('The reason', async () => {
      const found = await world.repository();
      return found.waiting && found;
    });
    expect(waiting).toContain('does not know with whose rights');
    const deployer = `${base}/apps/feed/repository/deployer`;
    await world.portal.call('bea', 'POST', deployer);
    await world.runs(commit);
    await world.runs(await world.push({ 'functions.py': '# again\n' }));
  }, 60_000);

  it('reads no repository that it did not create for the tenant', async () => {
    // Bea can write any address into an app with kubectl; the portal could read all of them.
    const { spec } = await world.apps().get('feed', { namespace });
    const steal = (name: string, repository: string) =>
      world.portal.cluster.client
        .as(people.bea)
        .resource<App>(appKind)
        .create({
          apiVersion: 'bailiwick.dev/v1alpha1',
          kind: 'App',
          metadata: { name, namespace },
          spec: { ...spec, source: { ...spec.source, repository } },
        });
    await steal('taken', world.address('taken'));
    await steal('foreign', world.address());
    // Nor does it replace the code of an app of the portal.
    const local = join(world.portal.repositories, 'rates-desk/empty.git');
    await world.git('-C', local, 'config', '--unset', 'bailiwick.address');
    await steal('empty', world.address('empty'));
    await world.gitea.api(
      'POST',
      '/repos/platform/rates-desk.empty/contents/other.py',
      { content: 'eCA9IDEK', message: 'Another' },
      world.bot,
    );
    await world.portal.shows('bea', '/apps', 'foreign');
    // Each round looks at all apps.
    for (const round of ['first', 'second'])
      await world.runs(await world.push({ 'functions.py': `# ${round}\n` }));
    for (const name of ['taken', 'foreign']) {
      const files = `${base}/apps/${name}/files`;
      expect((await world.portal.call('bea', 'GET', files)).status).toBe(404);
    }
    const { body } = await world.portal.call(
      'bea',
      'GET',
      `${base}/apps/empty/files`,
    );
    expect(body.files).toMatchObject([{ path: 'functions.py' }]);
  }, 60_000);
});
