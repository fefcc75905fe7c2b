import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { unpackedMaxBytes } from './bundle';
import { GitHost } from './GitHost';
import { git, gitText } from './runGit';

jest.setTimeout(30_000); // git is run many times

const author = { name: 'Bea <b>', email: 'bea@example.com' };
const feed = { tenant: 'rates-desk', tenantUid: 'uid-1', name: 'feed' };
const files = [
  { path: 'functions.py', content: 'x = "ä"\n' },
  { path: 'data/prices.csv', content: 'a,b\r\n1,2\r\n' },
];

describe('GitHost', () => {
  const directory = createMockDirectory();
  let host: GitHost;

  beforeEach(() => {
    directory.clear();
    host = new GitHost({ directory: directory.path });
  });

  const show = (path: string) =>
    git(['-C', host.folder(feed), 'show', `main:${path}`]);

  it('creates a repository whose first commit contains the files unchanged', async () => {
    const commit = await host.create(feed, files, author);
    expect(await host.head(feed)).toBe(commit);
    for (const { content, path } of files) {
      expect((await show(path)).toString()).toBe(content);
    }
    expect(
      await gitText(['-C', host.folder(feed), 'log', '--format=%an <%ae>']),
    ).toBe('Bea b <bea@example.com>');
  });

  it('creates no repository for a tenant without space, and others for another tenant', async () => {
    host = new GitHost({ directory: directory.path, tenantBytes: 50_000 });
    const content = randomBytes(60_000).toString('hex');
    await host.create(feed, [{ path: 'data.txt', content }], author);
    const second = { ...feed, name: 'second' };
    await expect(host.create(second, files, author)).rejects.toThrow(
      /^The repositories of tenant rates-desk use \d+ MiB; at most 0 MiB are allowed\. Ask /,
    );
    expect(readdirSync(directory.resolve('rates-desk'))).toEqual(['feed.git']);
    await host.create({ ...feed, tenant: 'credit' }, files, author);
  });

  it('accepts the same files again as the same repository', async () => {
    const commit = await host.create(feed, files, author);
    expect(await host.create(feed, files, author)).toBe(commit);
    expect(readdirSync(directory.resolve('rates-desk'))).toEqual(['feed.git']);
  });

  it('accepts it even after a push, and returns the newest commit', async () => {
    const first = await host.create(feed, files, author);
    const folder = host.folder(feed);
    const tree = await gitText(['-C', folder, 'rev-parse', `${first}^{tree}`]);
    const next = await gitText([
      ...['-C', folder, '-c', 'user.name=b', '-c', 'user.email=b@x.test'],
      ...['commit-tree', tree, '-p', first, '-m', 'Next'],
    ]);
    await git(['-C', folder, 'update-ref', 'refs/heads/main', next]);
    expect(await host.create(feed, files, author)).toBe(next);
  });

  it('lists the newest commits with message, author and pusher', async () => {
    const first = await host.create(feed, files, author);
    const folder = host.folder(feed);
    const commit = (parent: string, message: string) =>
      gitText([
        ...[
          '-C',
          folder,
          '-c',
          'user.name=Ada|\t',
          '-c',
          'user.email=a@x.test',
        ],
        ...['commit-tree', `${first}^{tree}`, '-p', parent, '-m', message],
      ]);
    const second = await commit(first, 'Second\n\nwith a body');
    const third = await commit(second, '');
    // As `git http-backend` does for REMOTE_USER.
    await git([
      ...['-C', folder, '-c', 'core.logAllRefUpdates=true'],
      ...['-c', 'user.name=user:default/bea', '-c', 'user.email=b@x.test'],
      ...['update-ref', 'refs/heads/main', third],
    ]);
    const listed = await host.commits(feed, 5);
    expect(listed.map(one => one.commit)).toEqual([third, second, first]);
    expect(listed[0]).toMatchObject({
      message: '',
      author: 'Ada|',
      pushedBy: 'user:default/bea',
    });
    expect(listed[1]).toEqual({
      commit: second,
      message: 'Second',
      author: 'Ada|',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    expect(listed[2]).toMatchObject({ author: 'Bea b' });
    expect(await host.lastPusher(feed)).toBe('user:default/bea');
    expect(await host.commits(feed, 1)).toHaveLength(1);
    await expect(host.commits({ ...feed, name: 'absent' }, 1)).rejects.toThrow(
      NotFoundError,
    );
  });

  it('returns the difference between two commits, and reports missing ones', async () => {
    const first = await host.create(feed, files, author);
    const folder = host.folder(feed);
    const stranger = { ...feed, name: 'other' };
    const changed = [{ path: 'functions.py', content: 'x = 2\n' }, files[1]];
    await host.create(stranger, changed, author);
    await git(['-C', folder, 'fetch', host.folder(stranger), 'main']);
    const second = await gitText(['-C', folder, 'rev-parse', 'FETCH_HEAD']);
    const { isCut, text } = await host.compare(feed, first, second, 10_000);
    expect(isCut).toBe(false);
    expect(text).toContain('-x = "ä"\n+x = 2');
    expect(text).not.toContain('prices.csv');
    expect((await host.compare(feed, first, first, 10_000)).text).toBe('');
    expect(await host.compare(feed, first, second, 10)).toEqual({
      isCut: true,
      text: 'diff --git',
    });
    await expect(host.compare(feed, first, 'fffffff', 10)).rejects.toThrow(
      'has no commit fffffff',
    );
  });

  it('refuses other files under the same name and changes nothing', async () => {
    const commit = await host.create(feed, files, author);
    await expect(
      host.create(feed, [{ path: 'a', content: '' }], author),
    ).rejects.toThrow(ConflictError);
    expect(await host.head(feed)).toBe(commit);
    expect(readdirSync(directory.resolve('rates-desk'))).toEqual(['feed.git']);
  });

  it.each([
    '../outside',
    '/etc/passwd',
    'a/../../b',
    '.git/config',
    'a/.GIT/hooks/x',
    './a',
    'a//b',
    '',
    'a\nM 100644 inline b',
    'a"b',
    'a\\b',
  ])('refuses the path %j and leaves nothing behind', async path => {
    await expect(
      host.create(feed, [{ path, content: 'x' }], author),
    ).rejects.toThrow(InputError);
    expect(existsSync(host.folder(feed))).toBe(false);
    expect(readdirSync(directory.resolve('rates-desk'))).toEqual([]);
  });

  it('accepts names that only resemble those of git', async () => {
    const odd = ['.gitignore', '.github/workflow.yml', 'a.git/b', '..a'];
    await host.create(
      feed,
      odd.map(path => ({ path, content: path })),
      author,
    );
    for (const path of odd) expect((await show(path)).toString()).toBe(path);
  });

  it.each([
    { tenant: '..', name: 'feed' },
    { tenant: 'rates-desk', name: '../../x' },
    { tenant: 'a/b', name: 'feed' },
    { tenant: 'rates-desk', name: '' },
  ])('never leaves its folder: %j', ref => {
    expect(() => host.folder(ref)).toThrow(InputError);
  });

  it('reports that there is no repository', async () => {
    await expect(host.head(feed)).rejects.toThrow(NotFoundError);
  });

  it('bundles a commit to the same bytes each time', async () => {
    const commit = await host.create(feed, files, author);
    const [one, other] = [
      await host.bundle(feed, commit),
      await host.bundle(feed, commit),
    ];
    expect(one.equals(other)).toBe(true);
    expect(one.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  });

  it('reads no more of a commit than can be run', async () => {
    const zeros = { path: 'zeros.txt', content: '0'.repeat(unpackedMaxBytes) };
    const commit = await host.create(feed, [zeros], author);
    await expect(host.bundle(feed, commit)).rejects.toThrow(
      /files are larger than 64 MiB/,
    );
  });

  it('rejects a push of much data that compresses to little in its hook', async () => {
    const commit = await host.create(feed, files, author);
    const clone = directory.resolve('clone');
    await git(['clone', '--quiet', host.folder(feed), clone]);
    writeFileSync(`${clone}/zeros`, Buffer.alloc(unpackedMaxBytes));
    const asBea = ['-C', clone, '-c', 'user.name=b', '-c', 'user.email=b@x'];
    await git([...asBea, 'add', 'zeros']);
    await git([...asBea, 'commit', '--quiet', '-m', 'Zeros']);
    const { 'core.hooksPath': hooks } = await host.servingConfig();
    const receive = `git -c core.hooksPath=${hooks} receive-pack`;
    await expect(
      git([...asBea, 'push', '--receive-pack', receive, 'origin', 'main']),
    ).rejects.toThrow(/files are larger than 64 MiB/);
    expect(await host.head(feed)).toBe(commit);
  });

  describe('for a later tenant of the same name', () => {
    const later = { ...feed, tenantUid: 'uid-2' };

    it('has nothing of the earlier one', async () => {
      const commit = await host.create(feed, files, author);
      expect(await host.exists(later)).toBe(false);
      await expect(host.head(later)).rejects.toThrow(NotFoundError);
      await expect(host.bundle(later, commit)).rejects.toThrow(NotFoundError);
    });

    it('creates a new repository and sets the old one aside', async () => {
      await host.create(feed, files, author);
      const other = [{ path: 'a', content: '' }];
      const commit = await host.create(later, other, author);
      expect(await host.head(later)).toBe(commit);
      expect(readdirSync(directory.resolve('rates-desk')).sort()).toEqual([
        'feed.git',
        'feed.git.uid-1',
      ]);
    });
  });
});
