import {
  appKind,
  grantKind,
  homeNamespace,
  tenantKind,
  type App,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { inDays } from '@bailiwick/backstage-testing/objects';
import { eventually } from '@bailiwick/backstage-testing';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { aTenant, createTenant } from '../__testUtils__/createTenant';
import { people, type Name } from '../__testUtils__/people';
import { startPortal, type Portal } from '../__testUtils__/startPortal';
import { hashToken, newToken } from '../grants/token';
import { bundleMaxBytes } from './bundle';
import { GitHost } from './GitHost';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
const run = promisify(execFile);

integration('git host before a real API server', () => {
  let portal: Portal;
  let folder: string;
  let token: string;
  const namespace = homeNamespace('rates-desk');

  beforeAll(async () => {
    portal = await startPortal();
    folder = await mkdtemp(join(tmpdir(), 'git-'));
    await createTenant(portal.cluster.client);
    await portal.shows('bea', '/tenants', 'rates-desk');
    for (const name of ['feed', 'other']) {
      await makeApp(name);
      await portal.shows('bea', '/apps', name);
    }
    token = await gitToken('bea');
  }, 120_000);
  afterAll(async () => {
    await portal?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  async function makeApp(name: string) {
    const files = [{ path: 'functions.py', content: '# nothing yet\n' }];
    const base = '/tenants/rates-desk';
    await portal.call('bea', 'POST', `${base}/repositories`, { name, files });
    await portal.call('bea', 'POST', `${base}/apps`, {
      name,
      title: name,
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      answers: {},
      environment: 'dev',
    });
  }

  const address = (repository: string, password: string) =>
    `${portal.url.replace('//', `//x:${password}@`)}/git/${repository}.git`;

  const advertise = (
    password: string,
    { repository = 'rates-desk/feed', service = 'git-upload-pack' } = {},
  ) =>
    fetch(`${portal.url}/git/${repository}.git/info/refs?service=${service}`, {
      headers: {
        authorization: `Basic ${Buffer.from(`x:${password}`).toString(
          'base64',
        )}`,
      },
    });

  /** Creates a git token through the portal and waits until the git host knows it. */
  async function gitToken(who: Name): Promise<string> {
    const { body } = await portal.call(
      who,
      'POST',
      '/tenants/rates-desk/apps/feed/grants',
      { client: 'git', days: 1 },
    );
    await eventually('The git host knows the token', async () => {
      const { status } = await advertise(body.token);
      return status !== 401;
    });
    return body.token;
  }

  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=Bea', '-c', 'user.email=b@x.test', ...args], {
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    });

  /** Clones, changes a file, pushes; returns the commit and the git host's output. */
  async function edit(
    content: string | Buffer,
    branch = 'main',
  ): Promise<{ commit: string; said: string }> {
    const clone = await mkdtemp(join(folder, 'clone-'));
    await git('clone', '--quiet', address('rates-desk/feed', token), clone);
    await writeFile(join(clone, 'functions.py'), content);
    await git('-C', clone, 'commit', '--quiet', '--all', '--message', 'Edit');
    const push = ['push', '--quiet', 'origin', `HEAD:${branch}`];
    const { stderr: said } = await git('-C', clone, ...push);
    const { stdout } = await git('-C', clone, 'rev-parse', 'HEAD');
    return { commit: stdout.trim(), said };
  }

  const apps = () => portal.cluster.client.resource<App>(appKind);

  const runs = (commit: string) =>
    eventually('The app has the commit', async () => {
      const { spec } = await apps().get('feed', { namespace });
      return spec.source.revision === commit;
    });

  it('lets a builder clone and push, and deploys the push', async () => {
    const { commit, said } = await edit('# edited\n');
    expect(said).toBe('');
    await runs(commit);
    const { body } = await portal.call(
      'bea',
      'GET',
      '/tenants/rates-desk/apps/feed/commits',
    );
    expect(body).toMatchObject([
      { commit, message: 'Edit', author: 'Bea', pushedBy: people.bea.user },
      { author: 'bea' },
    ]);
    await expect(
      portal.cluster.client.request({
        path: `/api/v1/namespaces/${namespace}/configmaps/feed-${commit.slice(
          0,
          12,
        )}`,
      }),
    ).resolves.toMatchObject({ immutable: true });
  });

  it('refuses code that is too large to run, and keeps nothing of it', async () => {
    const random = randomBytes(bundleMaxBytes + 10_000);
    const before = await head();
    await expect(edit(random)).rejects.toThrow(/at most 900000 are allowed/);
    expect(await head()).toBe(before);
  });

  it('refuses every push of a tenant without space, and serves its code', async () => {
    const full = 'The repositories of tenant rates-desk use 1024 MiB.';
    const space = jest
      .spyOn(GitHost.prototype, 'spaceProblem')
      .mockResolvedValue(full);
    try {
      for (const branch of ['main', 'other'])
        await expect(edit(`# ${branch}\n`, branch)).rejects.toThrow(
          `remote: ${full}`,
        );
    } finally {
      space.mockRestore();
    }
  });

  it('rejects a push that drops commits', async () => {
    const clone = await mkdtemp(join(folder, 'clone-'));
    await git('clone', '--quiet', address('rates-desk/feed', token), clone);
    await git('-C', clone, 'commit', '--quiet', '--amend', '-m', 'Rewrite');
    await expect(
      git('-C', clone, 'push', '--quiet', '--force', 'origin', 'HEAD:main'),
    ).rejects.toThrow(/denying non-fast-forward|rejected/);
    await expect(
      git('-C', clone, 'push', '--quiet', '--delete', 'origin', 'main'),
    ).rejects.toThrow(/deletion|rejected/);
  });

  it.each([
    ['no token', ''],
    ['a wrong token', 'bwk_wrong'],
  ])('requires a login with %s', async (_what, password) => {
    const { headers, status } = await advertise(password);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toMatch(/^Basic realm="bailiwick"/);
  });

  it('shows the problem of a token in git’s output', async () => {
    const clone = (repository: string, password: string) =>
      git('clone', address(repository, password), join(folder, 'refused'));
    await expect(clone('rates-desk/feed', 'bwk_wrong')).rejects.toThrow(
      /remote: This token doesn't exist or was revoked/,
    );
    await expect(clone('rates-desk/other', token)).rejects.toThrow(
      /remote: This token is for another repository/,
    );
  });

  it('opens no repository but that of the token’s app', async () => {
    for (const repository of [
      'rates-desk/other',
      'rates-desk/none',
      'x/feed',
    ]) {
      expect((await advertise(token, { repository })).status).toBe(401);
    }
  });

  it.each([
    'git-upload-pack&service=git-receive-pack',
    'git-receive-pack&%73ervice=git-upload-pack',
    'git-upload-archive',
    '',
  ])('advertises exactly one service of the two: %j', async service => {
    expect((await advertise(token, { service })).status).toBe(403);
  });

  it.each([
    'rates-desk/../rates-desk/feed.git/info/refs',
    'rates-desk/feed.git/config',
    'rates-desk/feed.git/objects/info/packs',
    '%2e%2e/feed.git/info/refs',
    'rates-desk/feed.git/../../etc/passwd',
  ])('serves nothing but git’s two services: %s', async path => {
    const response = await fetch(`${portal.url}/git/${path}`);
    expect([401, 404]).toContain(response.status);
  });

  it.each([
    [
      'has ended',
      { expiresAt: '2020-01-01T00:00:00Z' },
      /remote: This token has expired/,
    ],
    [
      'is for results',
      { client: 'api' as const, environment: 'dev' },
      /remote: This token is for reading results/,
    ],
  ])('opens nothing for a token that %s', async (what, fields, words) => {
    const secret = newToken();
    const bea = portal.cluster.client.as(people.bea);
    await bea.resource<Grant>(grantKind).create({
      apiVersion: 'bailiwick.dev/v1alpha1',
      kind: 'Grant',
      metadata: { name: what.replaceAll(' ', '-'), namespace },
      spec: {
        app: 'feed',
        client: 'git',
        subject: 'user:default/bea',
        membership: 'user:default/bea',
        expiresAt: inDays(1),
        tokenHash: hashToken(secret),
        ...fields,
      },
    });
    await gitToken('bea'); // known later than the one above, so that one is known too
    expect((await advertise(secret)).status).toBe(401);
    const clone = git(
      'clone',
      address('rates-desk/feed', secret),
      join(folder, what),
    );
    await expect(clone).rejects.toThrow(words);
  });

  it('lets a viewer read the code and not change it', async () => {
    const toms = await gitToken('tom');
    expect((await advertise(toms)).status).toBe(200);
    const push = await advertise(toms, { service: 'git-receive-pack' });
    expect(push.status).toBe(403);
    expect(await push.text()).toMatch(/no permission to push code/);
  });

  it('rejects former members, with and without a token', async () => {
    const tenants = portal.cluster.client.resource(tenantKind);
    await tenants.patch('rates-desk', { spec: { members: [] } });
    const answer = await eventually('Bea is out', async () => {
      const response = await advertise(token);
      return response.status === 403 && response.text();
    });
    expect(answer).toMatch(/ask an owner of the tenant/);
    const { members } = aTenant().spec;
    await tenants.patch('rates-desk', { spec: { members } });
    await eventually('Bea is back', async () => (await advertise(token)).ok);
  });

  it('keeps a push while the cluster is unreachable, reports it, and publishes it afterwards', async () => {
    const goOn = portal.cluster.freeze();
    let pushed: { commit: string; said: string };
    try {
      await eventually('The portal notices', async () => {
        const { body } = await portal.call('bea', 'GET', '/cluster');
        return !body.ready;
      });
      pushed = await edit('# while the cluster was away\n');
    } finally {
      goOn();
    }
    expect(pushed.said).toMatch(
      /remote: Your code is saved, but not deployed yet\. The cluster is unreachable/,
    );
    await runs(pushed.commit);
  }, 60_000);

  it('commits and deploys changes from the portal, as the person', async () => {
    const base = '/tenants/rates-desk/apps/feed';
    const { body: tree } = await portal.call('bea', 'GET', `${base}/files`);
    const change = {
      base: tree.commit,
      message: 'Edit in the portal',
      files: [{ path: 'functions.py', content: '# by hand\n' }],
    };
    const refused = await portal.call('tom', 'POST', `${base}/commits`, change);
    expect(refused.status).toBe(403);
    const { body, status } = await portal.call(
      'bea',
      'POST',
      `${base}/commits`,
      change,
    );
    expect([status, body]).toEqual([201, { commit: await head() }]);
    await runs(body.commit);
    const file = `${base}/file?commit=${body.commit}&path=functions.py`;
    expect((await portal.call('tom', 'GET', file)).body.text).toBe(
      '# by hand\n',
    );
    const commits = await portal.call('bea', 'GET', `${base}/commits`);
    expect(commits.body[0]).toMatchObject({
      message: 'Edit in the portal',
      pushedBy: people.bea.user,
    });
    // A clone has it, and a second commit on the same base conflicts.
    const late = await portal.call('bea', 'POST', `${base}/commits`, change);
    expect(late.status).toBe(409);
    const { commit } = await edit('# by git\n');
    await runs(commit);
    // A commit to another branch deploys nothing.
    const to = { base: commit, branch: 'fix', isNewBranch: true };
    const onFix = { ...change, ...to };
    const made = await portal.call('bea', 'POST', `${base}/commits`, onFix);
    const fix = await portal.call('tom', 'GET', `${base}/files?branch=fix`);
    expect([made.status, fix.body.commit]).toEqual([201, made.body.commit]);
    expect(await head()).toBe(commit);
    await runs(commit);
  }, 60_000);

  it('does not revert an app that was set to an earlier commit', async () => {
    const { commit } = await edit('# one\n');
    await runs(commit);
    const { commit: later } = await edit('# two\n');
    await runs(later);
    const source = { revision: commit };
    await apps().patch('feed', { spec: { source } }, { namespace });
    const goOn = portal.cluster.freeze();
    const isReady = async () =>
      (await portal.call('bea', 'GET', '/cluster')).body.ready;
    await eventually('It is away', async () => !(await isReady())).finally(
      goOn,
    );
    await eventually('It is back', isReady);
    await edit('# on another branch\n', 'aside');
    const { spec } = await apps().get('feed', { namespace });
    expect(spec.source.revision).toBe(commit);
  }, 60_000);

  it('does not give the code of a deleted app to a new app of its name', async () => {
    const base = '/tenants/rates-desk';
    await portal.call('bea', 'DELETE', `${base}/apps/feed`);
    await eventually(
      'The portal has seen it',
      async () =>
        (await portal.call('bea', 'GET', `${base}/apps/feed`)).status === 404,
    );
    const files = [{ path: 'functions.py', content: '# nothing yet\n' }];
    const again = (name: string) =>
      portal.call('bea', 'POST', `${base}/repositories`, { name, files });
    const { body, status } = await again('feed');
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      'name: The repository "rates-desk/feed" has the code of a deleted app. Choose another name',
    );
    // Without later commits, the code is the same.
    await portal.call('bea', 'DELETE', `${base}/apps/other`);
    expect((await again('other')).status).toBe(201);
  }, 60_000);

  async function head(): Promise<string> {
    const { stdout } = await git(
      '-C',
      join(portal.repositories, 'rates-desk/feed.git'),
      'rev-parse',
      'main',
    );
    return stdout.trim();
  }
});
