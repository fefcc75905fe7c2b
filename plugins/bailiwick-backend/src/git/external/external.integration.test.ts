import {
  appKind,
  grantKind,
  homeNamespace,
  tenantKind,
  type App,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { Gitea, type GiteaAccount } from '@bailiwick/backstage-testing/gitea';
import { inDays } from '@bailiwick/backstage-testing/objects';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { aTenant, createTenant } from '../../__testUtils__/createTenant';
import { people, type Name } from '../../__testUtils__/people';
import { startPortal, type Portal } from '../../__testUtils__/startPortal';
import { hashToken, newToken } from '../../grants/token';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
const run = promisify(execFile);

const webhookSecret = 'the secret of the webhooks';
const base = '/tenants/rates-desk';
const namespace = homeNamespace('rates-desk');

integration('repositories at a real git host', () => {
  let gitea: Gitea;
  let carl: GiteaAccount;
  let bot: GiteaAccount;
  let portal: Portal;
  let folder: string;
  /** Webhooks come first, then the portal looks by itself. */
  const host = { repositories: '', pollSeconds: 3_600, webhookSecret };

  beforeAll(async () => {
    gitea = await Gitea.start();
    folder = await mkdtemp(join(tmpdir(), 'external-'));
    bot = await gitea.createAccount('bot');
    carl = await gitea.createAccount('carl');
    await gitea.api('POST', '/orgs', { username: 'platform' }, bot);
    const { host: name, url } = gitea;
    host.repositories = `${url}/platform/{tenant}.{app}`;
    const entry = { host: name, baseUrl: url, username: 'bot' };
    portal = await startPortal({
      config: {
        integrations: { gitea: [{ ...entry, password: bot.token }] },
        bailiwick: { git: { host } },
      },
    });
    await createTenant(portal.cluster.client);
    await portal.shows('bea', '/tenants', 'rates-desk');
  }, 900_000);
  afterAll(async () => {
    await portal?.stop();
    await gitea?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const makeRepository = (name: string, content = '# nothing yet\n') =>
    portal.call('bea', 'POST', `${base}/repositories`, {
      name,
      files: [{ path: 'functions.py', content }],
    });

  async function makeApp(name: string) {
    const repository = await makeRepository(name);
    expect(repository.status).toBe(201);
    const app = await portal.call('bea', 'POST', `${base}/apps`, {
      name,
      title: name,
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      answers: {},
      environment: 'dev',
    });
    expect(app.status).toBe(201);
    await portal.shows('bea', '/apps', name);
    const member = `/repos/platform/rates-desk.${name}/collaborators/carl`;
    await gitea.api('PUT', member, { permission: 'admin' }, bot);
  }

  const address = (name: string) =>
    `${gitea.url}/platform/rates-desk.${name}.git`;

  const git = async (...args: string[]) => {
    const author = ['-c', 'user.name=Carl', '-c', 'user.email=c@x.test'];
    const { stdout } = await run('git', [...author, ...args], {
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    });
    return stdout.trim();
  };

  /** Clones as Carl, commits and pushes; returns the commit. */
  async function push(
    files: Record<string, string>,
    { app = 'feed', commit = [] as string[], options = [] as string[] } = {},
  ): Promise<string> {
    const clone = await mkdtemp(join(folder, 'clone-'));
    const from = address(app).replace('//', `//carl:${carl.token}@`);
    await git('clone', '--quiet', from, clone);
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(clone, path)), { recursive: true });
      await writeFile(join(clone, path), content);
    }
    await git('-C', clone, 'add', '--all');
    const make = ['commit', '--quiet', '--message', 'Edit', ...commit];
    await git('-C', clone, ...make);
    await git('-C', clone, 'push', '--quiet', ...options, 'origin', 'HEAD');
    return git('-C', clone, 'rev-parse', 'HEAD');
  }

  const at = (path: string) => `/repos/platform/rates-desk.feed${path}`;

  /** Reads the newest commit with git: the API knows it a moment later. */
  const headAtHost = async (branch = 'main', name = 'feed') => {
    const from = address(name).replace('//', `//bot:${bot.token}@`);
    const line = await git('ls-remote', from, `refs/heads/${branch}`);
    return line.split('\t')[0];
  };

  const apps = () => portal.cluster.client.resource<App>(appKind);

  const runs = (commit: string, name = 'feed') =>
    eventually('The app has the commit', async () => {
      const { spec } = await apps().get(name, { namespace });
      return spec.source.revision === commit;
    });

  const repository = async (who: Name = 'bea', app = 'feed') =>
    (await portal.call(who, 'GET', `${base}/apps/${app}/repository`)).body;

  const newestCommit = async () =>
    (await portal.call('bea', 'GET', `${base}/apps/feed/files`)).body.commit;

  const edit = (change: object) =>
    portal.call('bea', 'POST', `${base}/apps/feed/commits`, {
      message: 'Edit in the portal',
      files: [{ path: 'functions.py', content: `# ${Math.random()}\n` }],
      ...change,
    });

  it('creates a private repository with the first commit at the host', async () => {
    await makeApp('feed');
    expect(await gitea.api('GET', at(''))).toMatchObject({
      private: true,
      default_branch: 'main',
    });
    const { spec } = await apps().get('feed', { namespace });
    expect(spec.source).toMatchObject({
      repository: address('feed'),
      revision: await headAtHost(),
    });
    expect(await repository('tom')).toEqual({
      name: 'rates-desk/feed',
      cloneUrl: address('feed'),
      commit: await headAtHost(),
      host: {
        host: gitea.host,
        website: address('feed').replace('.git', ''),
        fetchedAt: expect.any(String),
        deployer: people.bea.user,
        warnings: [],
      },
    });
    const { body } = await portal.call('bea', 'GET', `${base}/apps/feed`);
    expect(body.app ?? body).toMatchObject({ hasMirror: true });
    // Again is not an error.
    expect((await makeRepository('feed')).status).toBe(201);
  });

  it('deploys a push on a webhook', async () => {
    await gitea.api(
      'POST',
      '/orgs/platform/hooks',
      {
        type: 'gitea',
        active: true,
        events: ['push'],
        config: {
          url: `${portal.url}/git/webhook`,
          content_type: 'json',
          secret: webhookSecret,
        },
      },
      bot,
    );
    const commit = await push({ 'functions.py': '# pushed\n' });
    await runs(commit);
    const { body } = await portal.call(
      'bea',
      'GET',
      `${base}/apps/feed/commits`,
    );
    // Anyone can write any author into a commit, so the portal names nobody as the person who pushed.
    expect(body[0]).toMatchObject({ commit, author: 'Carl' });
    expect(body[0]).not.toHaveProperty('pushedBy');
  });

  it.each([
    ['without a signature', {}, 'no signature'],
    ['with a wrong secret', { 'x-gitlab-token': 'wrong' }, 'is wrong'],
    ['with a wrong signature', { 'x-gitea-signature': '0a' }, 'is wrong'],
  ])('refuses webhooks %s', async (_what, headers, words) => {
    const response = await fetch(`${portal.url}/git/webhook`, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: '{}',
    });
    expect(response.status).toBe(401);
    expect(await response.text()).toContain(words);
  });

  it('commits from the portal to the host, as the person', async () => {
    const { body, status } = await edit({ base: await newestCommit() });
    expect([status, body]).toEqual([201, { commit: await headAtHost() }]);
    await runs(body.commit);
    const commit = at(`/git/commits/${body.commit}`);
    expect((await gitea.api('GET', commit)).commit).toMatchObject({
      author: { name: 'bea' },
      message: expect.stringMatching(/^Edit in the portal/),
    });
    const commits = await portal.call(
      'bea',
      'GET',
      `${base}/apps/feed/commits`,
    );
    expect(commits.body[0].pushedBy).toBe(people.bea.user);
    const made = await edit({
      base: body.commit,
      branch: 'fix',
      isNewBranch: true,
    });
    expect(made.body.commit).toBe(await headAtHost('fix'));
  });

  it('reports a conflict with a push that the portal has not seen', async () => {
    const before = await newestCommit();
    const commit = await push({ 'other.py': '# first\n' });
    const { body, status } = await edit({ base: before });
    expect(status).toBe(409);
    expect(body.error.message).toContain('The main branch has a newer commit');
    expect(await headAtHost()).toBe(commit);
    await runs(commit);
  });

  it('explains why a protected branch refuses a commit, and changes nothing', async () => {
    const rule = { rule_name: 'main', enable_push: false };
    await gitea.api('POST', at('/branch_protections'), rule, bot);
    const before = await newestCommit();
    try {
      const { body, status } = await edit({ base: before });
      expect(status).toBe(409);
      expect(body.error.message).toMatch(
        /refused the commit to "main": .*protected branch main.*\. If the branch is protected, commit to another branch and merge it there$/,
      );
      expect(await newestCommit()).toBe(before);
      expect(await headAtHost()).toBe(before);
      const other = { base: before, branch: 'idea', isNewBranch: true };
      expect((await edit(other)).status).toBe(201);
    } finally {
      await gitea.api('DELETE', at('/branch_protections/main'), undefined, bot);
    }
  });

  it('shows the last state while the host is down, and refuses commits', async () => {
    const before = await newestCommit();
    await gitea.pause();
    try {
      const view = await eventually('The problem', async () => {
        const found = await repository();
        return found.host.problem && found;
      });
      expect(view.host.problem).toMatch(/^Can't reach 127\.0\.0\.1:\d+: /);
      expect(view.commit).toBe(before);
      const { body, status } = await edit({ base: before });
      expect(status).toBe(503);
      expect(body.error.message).toMatch(/^Can't reach .*Try again later$/);
      expect((await makeRepository('late')).status).toBe(503);
    } finally {
      await gitea.resume();
    }
    const { body } = await edit({ base: before });
    expect(body).toEqual({ commit: await headAtHost() });
    await runs(body.commit);
    expect((await repository()).host).not.toHaveProperty('problem');
    // Nothing of the failed one is in the way.
    expect((await makeRepository('late', '# other\n')).status).toBe(201);
  });

  it('follows rewritten history', async () => {
    const before = await headAtHost();
    const options = ['--force'];
    const commit = await push(
      { 'functions.py': '# rewritten\n' },
      { commit: ['--amend'], options },
    );
    await runs(commit);
    const { body } = await portal.call(
      'bea',
      'GET',
      `${base}/apps/feed/commits`,
    );
    const hashes = body.map((one: { commit: string }) => one.commit);
    expect(hashes).not.toContain(before);
  });

  it('warns about submodules and LFS', async () => {
    const commit = await push({
      '.gitmodules':
        '[submodule "lib"]\n\tpath = lib\n\turl = https://x.test\n',
      '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
    });
    await runs(commit);
    expect((await repository()).host.warnings).toEqual([
      'Submodules are not fetched: their folders are empty in pods.',
      'Files in Git LFS are not fetched: pods get their pointers.',
    ]);
  });

  it('keeps the code when the host has no branch main any longer', async () => {
    const before = await newestCommit();
    const branch = { new_branch_name: 'trunk', old_branch_name: 'main' };
    await gitea.api('POST', at('/branches'), branch, bot);
    await gitea.api('PATCH', at(''), { default_branch: 'trunk' }, bot);
    await gitea.api('DELETE', at('/branches/main'), undefined, bot);
    const problem = await eventually(
      'The problem',
      async () => (await repository()).host.problem,
    );
    expect(problem).toContain(
      'has no branch "main" (its default branch is "trunk")',
    );
    expect(await newestCommit()).toBe(before);
    const back = { new_branch_name: 'main', old_branch_name: 'trunk' };
    await gitea.api('POST', at('/branches'), back, bot);
    await gitea.api('PATCH', at(''), { default_branch: 'main' }, bot);
    await eventually(
      'It is gone',
      async () => !(await repository()).host.problem,
    );
  });

  it('refuses a repository with commits, and uses an empty one', async () => {
    const path = '/orgs/platform/repos';
    const make = (name: string, auto_init: boolean) =>
      gitea.api('POST', path, { name: `rates-desk.${name}`, auto_init }, bot);
    await make('taken', true);
    const { body, status } = await makeRepository('taken');
    expect([status, body.error.message]).toEqual([
      409,
      expect.stringContaining('taken.git already has commits'),
    ]);
    await make('empty', false);
    const used = await makeRepository('empty');
    expect(used.status).toBe(201);
    expect(await headAtHost('main', 'empty')).toBe(used.body.commit);
  });

  it('sends people who clone from the portal to the host', async () => {
    const asked = { client: 'git', days: 1 };
    const { body, status } = await portal.call(
      'bea',
      'POST',
      `${base}/apps/feed/grants`,
      asked,
    );
    expect(status).toBe(400);
    expect(body.error.message).toContain(address('feed'));
    // A token from before, or by kubectl.
    const secret = newToken();
    const bea = portal.cluster.client.as(people.bea);
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
    const from = portal.url.replace('//', `//x:${secret}@`);
    const clone = () =>
      git('clone', `${from}/git/rates-desk/feed.git`, join(folder, 'refused'));
    const words = `The code of this app is at ${address('feed')}`;
    await eventually('The answer', async () =>
      clone().catch(error => error.message.includes(words)),
    );
  });

  it('holds a push of which nobody has the rights, until someone takes over', async () => {
    const tenants = portal.cluster.client.resource(tenantKind);
    await tenants.patch('rates-desk', { spec: { members: [] } });
    await eventually('Bea is out', async () => {
      const { status } = await portal.call('bea', 'GET', `${base}/apps/feed`);
      return status === 404;
    });
    const before = (await apps().get('feed', { namespace })).spec.source;
    const commit = await push({ 'functions.py': '# without Bea\n' });
    const { waiting } = await eventually('The reason', async () => {
      const found = await repository('rita');
      return found.waiting && found;
    });
    expect(waiting).toContain(
      'user:default/bea, who can no longer build apps of tenant rates-desk',
    );
    expect((await apps().get('feed', { namespace })).spec.source).toEqual(
      before,
    );
    const { members } = aTenant().spec;
    await tenants.patch('rates-desk', {
      spec: { members: members.filter(({ role }) => role === 'viewer') },
    });
    const takeOver = (who: Name) =>
      portal.call(who, 'POST', `${base}/apps/feed/repository/deployer`);
    await eventually('Tom is in', async () => {
      const { status } = await portal.call('tom', 'GET', `${base}/apps/feed`);
      return status === 200;
    });
    expect((await takeOver('tom')).status).toBe(403);
    const { body } = await takeOver('rita');
    expect(body.host.deployer).toBe(people.rita.user);
    expect(body).not.toHaveProperty('waiting');
    await runs(commit);
    await tenants.patch('rates-desk', { spec: { members } });
    await portal.shows('bea', '/apps', 'feed');
  }, 60_000);

  it('finds pushes without webhooks, and restores a lost mirror', async () => {
    const [hook] = await gitea.api(
      'GET',
      '/orgs/platform/hooks',
      undefined,
      bot,
    );
    await gitea.api(
      'DELETE',
      `/orgs/platform/hooks/${hook.id}`,
      undefined,
      bot,
    );
    host.pollSeconds = 1;
    let commit = '';
    await portal.restart(async () => {
      const mirror = join(portal.repositories, 'rates-desk/feed.git');
      await rm(mirror, { recursive: true });
      commit = await push({ 'functions.py': '# while it was away\n' });
    });
    // Who deploys pushes was known to the lost mirror only.
    const { waiting } = await eventually('The reason', async () => {
      const found = await repository();
      return found.waiting && found;
    });
    expect(waiting).toContain('does not know with whose rights');
    await portal.call('bea', 'POST', `${base}/apps/feed/repository/deployer`);
    await runs(commit);
    await runs(await push({ 'functions.py': '# found by looking\n' }));
  }, 60_000);
});
