import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { randomBytes } from 'node:crypto';
import { bundleMaxBytes } from './bundle';
import type { FileChange } from './fastImport';
import { GitHost } from './GitHost';
import { RepositoryFiles, type Edit } from './RepositoryFiles';
import { git, gitText } from './runGit';

jest.setTimeout(30_000); // git is run many times

const author = { name: 'bea', email: 'bea@example.com' };
const feed = { tenant: 'rates-desk', tenantUid: 'uid-1', name: 'feed' };

describe('RepositoryFiles', () => {
  const directory = createMockDirectory();
  let host: GitHost;
  let files: RepositoryFiles;
  let first: string;

  beforeEach(async () => {
    directory.clear();
    host = new GitHost({ directory: directory.path });
    files = new RepositoryFiles(host);
    first = await host.create(
      feed,
      [
        { path: 'functions.py', content: 'x = "ä"\n' },
        { path: 'data/a b*.csv', content: 'a,b\r\n1,2\r\n' },
      ],
      author,
    );
  });

  const commit = (
    changes: FileChange[],
    base = first,
    to: Pick<Edit, 'branch' | 'isNewBranch'> = {},
  ) =>
    files.commit(feed, {
      ...to,
      base,
      message: 'Change\n\nBecause.',
      files: changes,
      author,
      pusher: 'user:default/bea',
    });
  const refs = () =>
    gitText(['-C', host.folder(feed), 'for-each-ref', '--format=%(refname)']);

  it('lists the files, and reads them unchanged', async () => {
    expect(await files.list(feed)).toEqual({
      commit: first,
      files: [
        { path: 'data/a b*.csv', bytes: 10, hash: expect.any(String) },
        { path: 'functions.py', bytes: 9, hash: expect.any(String) },
      ],
      isCut: false,
      branches: [{ name: 'main', commit: first }],
    });
    expect((await files.read(feed, first, 'data/a b*.csv')).text).toBe(
      'a,b\r\n1,2\r\n',
    );
    await expect(files.list(feed, { commit: '0'.repeat(40) })).rejects.toThrow(
      NotFoundError,
    );
    for (const path of ['data', 'data/*', '../x', 'none.py', ''])
      await expect(files.read(feed, first, path)).rejects.toThrow(
        NotFoundError,
      );
    await expect(
      files.read(feed, '0'.repeat(40), 'functions.py'),
    ).rejects.toThrow(NotFoundError);
  });

  it('commits changes, new files and deletions, as the person', async () => {
    const second = await commit([
      { path: 'functions.py', content: 'x = 1\n' },
      { path: 'data/a b*.csv', content: null },
      { path: 'notes/nächste.md', content: '' },
    ]);
    expect(await host.head(feed)).toBe(second);
    expect((await files.list(feed)).files.map(({ path }) => path)).toEqual([
      'functions.py',
      'notes/nächste.md',
    ]);
    expect(await host.commits(feed, 1)).toMatchObject([
      { message: 'Change', author: 'bea', pushedBy: 'user:default/bea' },
    ]);
    expect(await host.lastPusher(feed)).toBe('user:default/bea');
    expect(await refs()).toBe('refs/heads/main');
  });

  it('keeps the first of two commits', async () => {
    const second = await commit([{ path: 'a.py', content: '1' }]);
    await expect(commit([{ path: 'b.py', content: '2' }])).rejects.toThrow(
      `The main branch has a newer commit, ${second.slice(0, 7)}; review`,
    );
    const outcomes = await Promise.allSettled(
      ['c', 'd', 'e'].map(name =>
        commit([{ path: `${name}.py`, content: name }], second),
      ),
    );
    const failed = outcomes.filter(({ status }) => status === 'rejected');
    expect(failed).toHaveLength(2);
    for (const { reason } of failed as PromiseRejectedResult[])
      expect(reason).toBeInstanceOf(ConflictError);
    expect(await refs()).toBe('refs/heads/main');
  });

  describe('with branches', () => {
    const isNewBranch = true;
    const change = (content: string, path = 'functions.py') => [
      { path, content },
    ];
    const create = (branch: string, base = first) =>
      commit(change(`# ${branch}\n`), base, { branch, isNewBranch });

    it('commits to a new branch, and to one that exists', async () => {
      const made = await create('fix/rates');
      const to = { branch: 'fix/rates' };
      const next = await commit(change('2'), made, to);
      expect(await host.head(feed)).toBe(first);
      expect(await files.list(feed, to)).toMatchObject({
        commit: next,
        branches: [
          { name: 'main', commit: first },
          { name: 'fix/rates', commit: next },
        ],
      });
      expect((await files.read(feed, next, 'functions.py')).text).toBe('2');
      expect(await files.list(feed, { commit: next })).not.toHaveProperty(
        'branches',
      );
    });

    it('keeps newer commits of a branch, and refuses other versions of a file', async () => {
      const made = await create('one');
      const to = { branch: 'one' };
      // The base is a commit of main, whose other file is the same.
      const next = await commit(change('1', 'other.py'), first, to);
      const parent = ['-C', host.folder(feed), 'rev-parse', `${next}^`];
      expect(await gitText(parent)).toBe(made);
      const refused = commit(change('2'), first, to);
      await expect(refused).rejects.toThrow(ConflictError);
      await expect(refused).rejects.toThrow(
        'Branch "one" has other versions of functions.py; review them on the branch',
      );
      const outcomes = await Promise.allSettled(
        ['a', 'b', 'c'].map(text => commit(change(text), next, to)),
      );
      const failed = outcomes.filter(({ status }) => status === 'rejected');
      expect(failed).toHaveLength(2);
      for (const { reason } of failed as PromiseRejectedResult[])
        expect(reason).toBeInstanceOf(ConflictError);
    });

    it.each([
      ['main', 'Branch "main" already exists'],
      ['one', 'Branch "one" already exists; choose another name'],
      ['one/two', 'cannot exist beside branch "one"'],
      ['-x', '"-x" is not a valid branch name'],
      ['refs/heads/x', 'is not a valid branch name'],
    ])('creates no branch %j', async (name, reason) => {
      await create('one');
      await expect(create(name)).rejects.toThrow(reason);
      expect(await refs()).toBe('refs/heads/main\nrefs/heads/one');
    });

    it('says that a branch was deleted', async () => {
      const made = await create('one');
      const remove = ['update-ref', '-d', 'refs/heads/one'];
      await gitText(['-C', host.folder(feed), ...remove]);
      const to = { branch: 'one' };
      for (const failed of [
        files.list(feed, to),
        commit(change('2'), made, to),
      ])
        await expect(failed).rejects.toThrow(
          'Branch "one" was not found; it may have been deleted',
        );
      // The changes can still be committed elsewhere.
      await create('two', made);
    });
  });

  it.each<[string, FileChange[], string]>([
    [
      'a commit without a change',
      [{ path: 'functions.py', content: 'x = "ä"\n' }],
      'Nothing to commit: the files are unchanged',
    ],
    [
      'a path outside the repository',
      [{ path: '../functions.py', content: '' }],
      'is not a valid path; use a relative path such as helpers/dates.py',
    ],
    [
      'hooks of git',
      [{ path: '.git/hooks/x', content: '' }],
      'is not a valid path; use a relative path such as helpers/dates.py',
    ],
    [
      'a commit that deletes no file',
      [{ path: 'none.py', content: null }],
      'Nothing to commit: the files are unchanged',
    ],
    [
      'a file in place of a folder',
      [{ path: 'data', content: '' }],
      '"data" is a folder; choose another path for the file',
    ],
    [
      'a file in a file',
      [{ path: 'functions.py/x', content: '' }],
      '"functions.py" is a file, not a folder; choose another path',
    ],
    [
      'a new file in a new file',
      [
        { path: 'new', content: '' },
        { path: 'new/x', content: '' },
      ],
      '"new" is a folder; choose another path for the file',
    ],
    [
      'code that is too large to run',
      [
        {
          path: 'data.txt',
          content: randomBytes(bundleMaxBytes).toString('base64'),
        },
      ],
      'at most 900000 are allowed',
    ],
    [
      'a long list of packages',
      [{ path: 'requirements.txt', content: 'polars\n'.repeat(3000) }],
      'requirements.txt has 21000 characters; at most 20000 are allowed',
    ],
  ])('refuses %s, and changes nothing', async (_, changes, reason) => {
    const refused = commit(changes);
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(reason);
    expect(await host.head(feed)).toBe(first);
    expect(await refs()).toBe('refs/heads/main');
  });

  it('keeps programs executable, refuses links, and shows no binary files', async () => {
    const stream = `commit refs/heads/main
committer b <b@x.test> 1 +0000
data 1
x
from ${first}
M 100755 inline run.sh
data 2
hi
M 120000 inline link
data 4
/etc
M 100644 inline image
data 2
\0\0
done
`;
    await git(['-C', host.folder(feed), 'fast-import', '--quiet'], stream);
    const base = await host.head(feed);
    const next = await commit([{ path: 'run.sh', content: 'ho' }], base);
    const entry = ['ls-tree', next, 'run.sh'];
    expect(await gitText(['-C', host.folder(feed), ...entry])).toMatch(
      /^100755/,
    );
    for (const [path, reason] of [
      ['link', '"link" is a link'],
      ['link/x', '"link" is a file'],
    ])
      await expect(commit([{ path, content: '' }], next)).rejects.toThrow(
        reason,
      );
    expect(
      (await files.list(feed, { commit: next })).files.map(({ path }) => path),
    ).toEqual(['data/a b*.csv', 'functions.py', 'image', 'run.sh']);
    expect(await files.read(feed, next, 'image')).toEqual({
      commit: next,
      path: 'image',
    });
  });

  it('lists a part of a commit with millions of files, and none of a folder of it', async () => {
    const folder = host.folder(feed);
    const make = async (entries: string) =>
      (await git(['-C', folder, 'mktree'], entries)).toString().trim();
    const blob = await gitText([
      '-C',
      folder,
      'rev-parse',
      `${first}:functions.py`,
    ]);
    const rows = (line: string) =>
      Array.from({ length: 10 }, (_, digit) => `${line}\tf${digit}\n`).join('');
    let tree = await make(rows(`100644 blob ${blob}`));
    for (let level = 0; level < 4; level += 1)
      tree = await make(rows(`040000 tree ${tree}`));
    const who = ['-c', 'user.name=b', '-c', 'user.email=b@x.test'];
    const large = await gitText([
      ...['-C', folder, ...who, 'commit-tree', tree, '-m', 'Large'],
    ]);
    const shown = await files.list(feed, { commit: large });
    expect(shown.isCut).toBe(true);
    expect(shown.files.length).toBeLessThan(10_000);
    await expect(files.read(feed, large, 'f1/f1')).rejects.toThrow(
      NotFoundError,
    );
  });
});
