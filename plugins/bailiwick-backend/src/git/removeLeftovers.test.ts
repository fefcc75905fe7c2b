import { createMockDirectory } from '@backstage/backend-test-utils';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runUntilKilled } from '../__testUtils__/runUntilKilled';
import { GitHost } from './GitHost';
import { RepositoryFiles } from './RepositoryFiles';
import { removeLeftovers } from './removeLeftovers';
import { git, gitText } from './runGit';

jest.setTimeout(60_000); // git is run many times

const author = { name: 'bea', email: 'bea@example.com' };
const feed = { tenant: 'rates-desk', tenantUid: 'uid-1', name: 'feed' };
const long = new Date(Date.now() - 60_000);
const longer = new Date(Date.now() - 60 * 60_000);

/** Lets each file of a repository look as if the portal had been killed a minute ago. */
async function age(repository: string) {
  for (const name of await readdir(repository, { recursive: true }))
    await utimes(join(repository, name), long, long);
}

describe('a portal that was killed', () => {
  const directory = createMockDirectory();
  let host: GitHost;
  let first: string;

  beforeEach(async () => {
    directory.clear();
    host = new GitHost({ directory: directory.path });
    const start = [{ path: 'functions.py', content: 'x = 0\n' }];
    first = await host.create(feed, start, author);
  });

  const commit = async (base: string) =>
    new RepositoryFiles(host).commit(feed, {
      base,
      message: 'Change',
      files: [{ path: 'functions.py', content: `x = "after ${base}"\n` }],
      author,
      pusher: 'user:default/bea',
    });

  it('leaves no lock that prevents later commits', async () => {
    const repository = host.folder(feed);
    const locks = ['refs/heads/main.lock', 'HEAD.lock'].map(name =>
      join(repository, name),
    );
    for (const lock of locks) {
      await writeFile(lock, '');
      await utimes(lock, long, long);
    }
    const edits = join(repository, 'refs/bailiwick/edits');
    await mkdir(edits, { recursive: true });
    const edit = join(edits, 'one');
    await writeFile(edit, `${first}\n`);
    const unfinished = `${repository}.${randomUUID()}`;
    const ofEarlierVersion = `${repository}.1-2`;
    for (const folder of [unfinished, ofEarlierVersion]) await mkdir(folder);
    const old = [edit, unfinished, ofEarlierVersion];
    for (const path of old) await utimes(path, longer, longer);
    await expect(commit(first)).rejects.toThrow(/File exists/);
    const removed = await removeLeftovers(directory.path);
    expect(removed.sort()).toEqual([...locks, ...old].sort());
    const second = await commit(first);
    expect(await host.head(feed)).toBe(second);
    expect(await removeLeftovers(directory.path)).toEqual([]);
  });

  it('keeps what another portal is working on', async () => {
    const repository = host.folder(feed);
    await writeFile(join(repository, 'refs/heads/main.lock'), '');
    const edits = join(repository, 'refs/bailiwick/edits');
    await mkdir(edits, { recursive: true });
    await writeFile(join(edits, 'one'), `${first}\n`);
    await mkdir(`${repository}.${randomUUID()}`);
    expect(await removeLeftovers(directory.path)).toEqual([]);
  });

  it('has a repository with complete commits, whenever it was killed', async () => {
    for (const milliseconds of [0, 15, 30, 45, 60, 75]) {
      const made = await runUntilKilled(
        join(__dirname, '__testUtils__/commitUntilKilled.ts'),
        [directory.path, feed.tenant, feed.tenantUid, feed.name],
        milliseconds,
      );
      await age(host.folder(feed));
      await removeLeftovers(directory.path);
      await git(['-C', host.folder(feed), 'fsck', '--strict']);
      const head = await host.head(feed);
      const known = await gitText(['-C', host.folder(feed), 'rev-list', head]);
      for (const one of made) expect(known).toContain(one);
      const next = await commit(head);
      expect(await host.head(feed)).toBe(next);
    }
  });
});
