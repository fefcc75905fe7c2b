import { mockServices } from '@backstage/backend-test-utils';
import { Gitea, type GiteaAccount } from '@bailiwick/backstage-testing/gitea';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAtHost, StaleBranchError, readGitHost } from '../gitHosts';
import { git, gitText } from './runGit';
import { GitRemote } from './GitRemote';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

// Beside other tests, Gitea needs long for a push.
jest.setTimeout(180_000);

integration('git with a real git host', () => {
  let gitea: Gitea;
  let bot: GiteaAccount;
  let folder: string;

  beforeAll(async () => {
    gitea = await Gitea.start({ isEncrypted: true });
    folder = await mkdtemp(join(tmpdir(), 'remote-'));
    bot = await gitea.createAccount('bot');
    process.env.GIT_SSL_CAINFO = gitea.certificate;
  }, 600_000);
  afterAll(async () => {
    delete process.env.GIT_SSL_CAINFO;
    await gitea?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function remote(path: string, password = bot.token, url = gitea.url) {
    const { gitHost } = readGitHost(
      mockServices.rootConfig({
        data: {
          integrations: {
            gitea: [{ host: new URL(url).host, baseUrl: url, password }],
          },
        },
      }),
    );
    const address = `${url}/${path}.git`;
    return new GitRemote(gitHost.find(address)!, address);
  }

  it('lists, pushes and fetches with a trusted certificate', async () => {
    await gitea.api('POST', '/user/repos', { name: 'feed' }, bot);
    const there = remote('bot/feed');
    expect((await there.list()).refs.size).toBe(0);

    const local = join(folder, 'local.git');
    await git(['init', '--quiet', '--bare', '-b', 'main', local]);
    const commit = async (message: string, ...options: string[]) => {
      const tree = await gitText(['-C', local, 'mktree', '--missing']);
      const author = ['-c', 'user.name=Bea', '-c', 'user.email=b@x.test'];
      const make = ['commit-tree', tree, '-m', message, ...options];
      return gitText(['-C', local, ...author, ...make]);
    };
    const first = await commit('One');
    const main = { branch: 'main', commit: first };
    await there.push(local, main);
    expect(await there.list()).toEqual({
      defaultBranch: 'main',
      refs: new Map([['refs/heads/main', first]]),
    });

    // Another commit in the meantime: this one is refused, and the host keeps its own.
    const second = await commit('Two', '-p', first);
    await there.push(local, { ...main, commit: second, expected: first });
    const late = { ...main, commit: await commit('Late', '-p', first) };
    const refused = there.push(local, { ...late, expected: first });
    await expect(refused).rejects.toThrow(StaleBranchError);
    await expect(there.push(local, late)).rejects.toThrow(StaleBranchError);

    const mirror = join(folder, 'mirror.git');
    await git(['init', '--quiet', '--bare', '-b', 'main', mirror]);
    await there.fetch(mirror);
    expect(await gitText(['-C', mirror, 'rev-parse', 'main'])).toBe(second);
    expect(await GitRemote.isUpToDate(mirror, await there.list())).toBe(true);
  });

  it('receives no more data than a portal can keep', async () => {
    const local = join(folder, 'large.git');
    await git(['init', '--quiet', '--bare', local]);
    const large = randomBytes(3 * 1024 ** 2);
    const blob = ['-C', local, 'hash-object', '-w', '--stdin'];
    const hash = (await git(blob, large)).toString().trim();
    const tree = await git(
      ['-C', local, 'mktree'],
      `100644 blob ${hash}\tdata\n`,
    );
    const author = ['-c', 'user.name=Bea', '-c', 'user.email=b@x.test'];
    const commit = await gitText([
      ...['-C', local, ...author, 'commit-tree'],
      ...[tree.toString().trim(), '-m', 'Large'],
    ]);
    await gitea.api('POST', '/user/repos', { name: 'large' }, bot);
    const there = remote('bot/large');
    await there.push(local, { branch: 'main', commit });

    const mirror = join(folder, 'small.git');
    await git(['init', '--quiet', '--bare', mirror]);
    await expect(there.fetch(mirror, 1)).rejects.toThrow(
      'large.git has more than 1 MiB of new data',
    );
    expect(await gitText(['-C', mirror, 'for-each-ref'])).toBe('');
    expect(await readdir(join(mirror, 'objects/pack'))).toEqual([]);
    await there.fetch(mirror, 4);
    expect(await gitText(['-C', mirror, 'rev-parse', 'main'])).toBe(commit);
  });

  it('keeps the credentials out of arguments and repositories', async () => {
    const local = join(folder, 'secret.git');
    await git(['init', '--quiet', '--bare', local]);
    await remote('bot/feed').fetch(local);
    const found = await readdir(local, { recursive: true });
    expect(found).not.toContain('FETCH_HEAD');
    const config = await gitText(['-C', local, 'config', '--list', '--local']);
    expect(config).not.toMatch(/authorization|http/i);
  });

  it('explains wrong credentials', async () => {
    const wrong = remote('bot/feed', 'wrong');
    await expect(wrong.list()).rejects.toThrow(
      `${gitea.host} refuses the credentials of the portal`,
    );
  });

  it('explains a repository that does not exist or is private', async () => {
    const words = /does not exist, or the portal has no access to it/;
    await expect(remote('bot/none').list()).rejects.toThrow(words);
    const other = await gitea.createAccount('other');
    const secret = { name: 'secret', private: true };
    await gitea.api('POST', '/user/repos', secret, other);
    await expect(remote('other/secret').list()).rejects.toThrow(words);
  });

  it('explains a repository in which it can only read', async () => {
    const address = 'other/open';
    const other = await gitea.createAccount('reader');
    const open = { name: 'open', auto_init: true, default_branch: 'main' };
    await gitea.api('POST', '/user/repos', open, other);
    const there = remote(address.replace('other', 'reader'));
    const { refs } = await there.list();
    const local = join(folder, 'open.git');
    await git(['init', '--quiet', '--bare', local]);
    await there.fetch(local);
    const commit = refs.get('refs/heads/main')!;
    await expect(
      there.push(local, { branch: 'other', commit }),
    ).rejects.toThrow(
      `${gitea.host} refused the commit to "other": User permission denied for writing`,
    );
  });

  it('explains a certificate that is not trusted', async () => {
    delete process.env.GIT_SSL_CAINFO;
    const words = `The certificate of ${gitea.host} is not trusted. Ask the platform team to set GIT_SSL_CAINFO and NODE_EXTRA_CA_CERTS`;
    try {
      await expect(remote('bot/feed').list()).rejects.toThrow(words);
    } finally {
      process.env.GIT_SSL_CAINFO = gitea.certificate;
    }
    const { gitHost } = readGitHost(
      mockServices.rootConfig({
        data: {
          integrations: {
            gitea: [{ host: gitea.host, baseUrl: gitea.url, password: 'x' }],
          },
        },
      }),
    );
    const address = `${gitea.url}/acme/feed.git`;
    await expect(createAtHost(gitHost.find(address)!, address)).rejects.toThrow(
      words,
    );
  });

  it('explains a host that does not respond', async () => {
    const away = remote('bot/feed', 'x', 'http://127.0.0.1:1');
    await expect(away.list()).rejects.toThrow(
      /^Can't reach 127\.0\.0\.1:1: Failed to connect .*\. Try again later$/,
    );
  });
});
