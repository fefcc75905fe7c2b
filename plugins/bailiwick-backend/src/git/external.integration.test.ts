import { eventually } from '@bailiwick/backstage-testing';
import { people } from '../__testUtils__/people';
import {
  base,
  GitHostWorld,
  namespace,
  webhookSecret,
} from './__testUtils__/GitHostWorld';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('repositories at a real git host', () => {
  let world: GitHostWorld;

  beforeAll(async () => {
    // Only webhooks and people cause a fetch.
    world = await GitHostWorld.start(3_600);
  }, 900_000);
  afterAll(() => world?.stop(), 60_000);

  const newestCommit = async () =>
    (await world.portal.call('bea', 'GET', `${base}/apps/feed/files`)).body
      .commit;

  const edit = (change: object) =>
    world.portal.call('bea', 'POST', `${base}/apps/feed/commits`, {
      message: 'Edit in the portal',
      files: [{ path: 'functions.py', content: `# ${Math.random()}\n` }],
      ...change,
    });

  it('creates a private repository with the first commit at the host', async () => {
    await world.makeApp('feed');
    expect(await world.api('GET', '')).toMatchObject({
      private: true,
      default_branch: 'main',
    });
    const { spec } = await world.apps().get('feed', { namespace });
    expect(spec.source).toMatchObject({
      repository: world.address(),
      revision: await world.head(),
    });
    expect(await world.repository('tom')).toEqual({
      name: 'rates-desk/feed',
      cloneUrl: world.address(),
      commit: await world.head(),
      host: {
        host: world.gitea.host,
        website: world.address().replace('.git', ''),
        fetchedAt: expect.any(String),
        deployer: people.bea.user,
        warnings: [],
      },
    });
    const { body } = await world.portal.call('bea', 'GET', `${base}/apps/feed`);
    expect(body.app ?? body).toMatchObject({ hasMirror: true });
    // Again is not an error.
    expect((await world.makeRepository('feed')).status).toBe(201);
  });

  it('deploys a push on a webhook', async () => {
    await world.gitea.api(
      'POST',
      '/orgs/platform/hooks',
      {
        type: 'gitea',
        active: true,
        events: ['push'],
        config: {
          url: `${world.portal.url}/git/webhook`,
          content_type: 'json',
          secret: webhookSecret,
        },
      },
      world.bot,
    );
    const commit = await world.push({ 'functions.py': '# pushed\n' });
    await world.runs(commit);
    const { body } = await world.portal.call(
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
    const response = await fetch(`${world.portal.url}/git/webhook`, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: '{}',
    });
    expect(response.status).toBe(401);
    expect(await response.text()).toContain(words);
  });

  it('commits from the portal to the host, as the person', async () => {
    const { body, status } = await edit({ base: await newestCommit() });
    expect([status, body]).toEqual([201, { commit: await world.head() }]);
    await world.runs(body.commit);
    const path = `/git/commits/${body.commit}`;
    expect((await world.api('GET', path)).commit).toMatchObject({
      author: { name: 'bea' },
      message: expect.stringMatching(/^Edit in the portal/),
    });
    const commits = await world.portal.call(
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
    expect(made.body.commit).toBe(await world.head('fix'));
  });

  it('reports a conflict with a push that the portal has not seen', async () => {
    const before = await newestCommit();
    const commit = await world.push({ 'other.py': '# first\n' });
    const { body, status } = await edit({ base: before });
    expect(status).toBe(409);
    expect(body.error.message).toContain('The main branch has a newer commit');
    expect(await world.head()).toBe(commit);
    await world.runs(commit);
  });

  it('explains why a protected branch refuses a commit, and changes nothing', async () => {
    const rule = { rule_name: 'main', enable_push: false };
    await world.api('POST', '/branch_protections', rule);
    const before = await newestCommit();
    try {
      const { body, status } = await edit({ base: before });
      expect(status).toBe(409);
      expect(body.error.message).toMatch(
        /refused the commit to "main": .*protected branch main.*\. If the branch is protected, commit to another branch and merge it there$/,
      );
      expect(await newestCommit()).toBe(before);
      expect(await world.head()).toBe(before);
      const other = { base: before, branch: 'idea', isNewBranch: true };
      expect((await edit(other)).status).toBe(201);
    } finally {
      await world.api('DELETE', '/branch_protections/main');
    }
  });

  it('shows the last state while the host is down, and refuses commits', async () => {
    const before = await newestCommit();
    await world.gitea.pause();
    try {
      const view = await eventually('The problem', async () => {
        const found = await world.repository();
        return found.host.problem && found;
      });
      expect(view.host.problem).toMatch(/^Can't reach 127\.0\.0\.1:\d+: /);
      expect(view.commit).toBe(before);
      const { body, status } = await edit({ base: before });
      expect(status).toBe(503);
      expect(body.error.message).toMatch(/^Can't reach .*Try again later$/);
      expect((await world.makeRepository('late')).status).toBe(503);
    } finally {
      await world.gitea.resume();
    }
    const { body } = await edit({ base: before });
    expect(body).toEqual({ commit: await world.head() });
    await world.runs(body.commit);
    expect((await world.repository()).host).not.toHaveProperty('problem');
    // Nothing of the failed one is in the way.
    expect((await world.makeRepository('late', '# other\n')).status).toBe(201);
  });

  it('follows rewritten history', async () => {
    const before = await world.head();
    const options = ['--force'];
    const commit = await world.push(
      { 'functions.py': '# rewritten\n' },
      { commit: ['--amend'], options },
    );
    await world.runs(commit);
    const { body } = await world.portal.call(
      'bea',
      'GET',
      `${base}/apps/feed/commits`,
    );
    const hashes = body.map((one: { commit: string }) => one.commit);
    expect(hashes).not.toContain(before);
  });

  it('warns about submodules and LFS', async () => {
    const commit = await world.push({
      '.gitmodules':
        '[submodule "lib"]\n\tpath = lib\n\turl = https://x.test\n',
      '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
    });
    await world.runs(commit);
    expect((await world.repository()).host.warnings).toEqual([
      'Submodules are not fetched: their folders are empty in pods.',
      'Files in Git LFS are not fetched: pods get their pointers.',
    ]);
  });

  it('keeps the code when the host has no branch main any longer', async () => {
    const before = await newestCommit();
    const branch = { new_branch_name: 'trunk', old_branch_name: 'main' };
    await world.api('POST', '/branches', branch);
    const makeDefault = (default_branch: string) =>
      eventually('Gitea has noticed the branch', () =>
        world.api('PATCH', '', { default_branch }),
      );
    await makeDefault('trunk');
    await world.api('DELETE', '/branches/main');
    const problem = await eventually(
      'The problem',
      async () => (await world.repository()).host.problem,
    );
    expect(problem).toContain(
      'has no branch "main" (its default branch is "trunk")',
    );
    expect(await newestCommit()).toBe(before);
    const back = { new_branch_name: 'main', old_branch_name: 'trunk' };
    await world.api('POST', '/branches', back);
    await makeDefault('main');
    await eventually(
      'The problem has disappeared',
      async () => !(await world.repository()).host.problem,
    );
  });
});
