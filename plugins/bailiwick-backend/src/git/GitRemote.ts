import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  credentialsFor,
  explainGit,
  RepositoryTooLargeError,
  type HostClient,
} from '../gitHosts';
import { fetched } from './GitHost';
import { gitText } from './runGit';
import { gitEnvironment } from './gitEnvironment';

const run = promisify(execFile);

/** Seconds of a request for the branches, and of a transfer. */
const seconds = { list: 20, transfer: 120 };

/** Size of the data of one fetch, in MiB. */
const largestFetch = 200;

/** Branches and tags of a repository at a git host. */
export interface RemoteRefs {
  /** Branch of its page in browsers; absent for an empty repository. */
  defaultBranch?: string;
  /** Commits (of tags, objects) by full name: `refs/heads/main`. */
  refs: Map<string, string>;
}

/** A repository at a git host, for git. */
export class GitRemote {
  readonly address: string;
  readonly #client: HostClient;

  constructor(client: HostClient, address: string) {
    this.#client = client;
    this.address = address;
  }

  /** Lists branches and tags. @throws errors of {@link explainGit} */
  async list(): Promise<RemoteRefs> {
    const patterns = ['HEAD', 'refs/heads/*', 'refs/tags/*'];
    const text = await this.#git(
      ['ls-remote', '--symref', this.address, ...patterns],
      { timeout: seconds.list },
    );
    const refs = new Map<string, string>();
    for (const line of text.split('\n')) {
      const [hash, name] = line.split('\t');
      // Lines that end in ^{} are the commits of tags.
      if (/^refs\/[^^]*$/.test(name ?? '')) refs.set(name, hash);
    }
    const defaultBranch = text.match(/^ref: refs\/heads\/(.*)\tHEAD$/m)?.[1];
    return { defaultBranch, refs };
  }

  /**
   * Makes the branches and tags of a local repository those of the host, also if their history was rewritten.
   *
   * @param mebibytes - size of the new data at most
   * @throws RepositoryTooLargeError, errors of {@link explainGit}; then nothing has changed
   */
  async fetch(folder: string, mebibytes = largestFetch): Promise<void> {
    const everything = [
      '+refs/heads/*:refs/heads/*',
      '+refs/tags/*:refs/tags/*',
    ];
    const options = ['--quiet', '--atomic', '--prune', '--no-write-fetch-head'];
    try {
      await this.#git(
        [
          ...['-C', folder, '-c', 'core.logAllRefUpdates=true'],
          ...['-c', `user.name=${fetched}`, '-c', `user.email=${fetched}`],
          ...['fetch', ...options, this.address, ...everything],
        ],
        { timeout: seconds.transfer, mebibytes },
      );
    } catch (error) {
      await removePartialPacks(folder);
      throw error;
    }
  }

  /**
   * Pushes a commit, if the branch still has the expected one.
   *
   * @param expected - commit that the branch has; absent for a new branch
   * @throws StaleBranchError, ConflictError when the host refuses it, errors of {@link explainGit}
   */
  async push(
    folder: string,
    { branch, commit, expected = '', tag }: PushedCommit,
  ): Promise<void> {
    const ref = `refs/heads/${branch}`;
    const options = ['--porcelain', `--force-with-lease=${ref}:${expected}`];
    const refs = [
      `${commit}:${ref}`,
      ...(tag ? [`${commit}:refs/tags/${tag}`] : []),
    ];
    await this.#git(['-C', folder, 'push', ...options, this.address, ...refs], {
      timeout: seconds.transfer,
      branch,
    });
  }

  /** Whether a local repository has exactly these branches and tags. */
  static async isUpToDate(folder: string, { refs }: RemoteRefs) {
    const text = await gitText([
      ...['-C', folder, 'for-each-ref', '--format=%(objectname)%09%(refname)'],
      ...['refs/heads/', 'refs/tags/'],
    ]);
    const lines = text ? text.split('\n') : [];
    return (
      lines.length === refs.size &&
      lines.every(line => {
        const [hash, name] = line.split('\t');
        return refs.get(name) === hash;
      })
    );
  }

  async #git(
    args: string[],
    options: { timeout: number; branch?: string; mebibytes?: number },
  ): Promise<string> {
    const { branch, mebibytes, timeout } = options;
    const { git } = await credentialsFor(this.#client, this.address);
    // Blocks of 512 bytes (POSIX).
    const limit = mebibytes ? `ulimit -f ${mebibytes * 2048}; ` : '';
    try {
      const { stdout } = await run(
        'sh',
        ['-c', `${limit}exec git "$@"`, 'git', ...args],
        {
          env: gitEnvironment(this.address, git),
          maxBuffer: 16 * 1024 ** 2,
          timeout: timeout * 1000,
        },
      );
      return stdout;
    } catch (error) {
      const { killed, stderr = '', stdout = '' } = Object(error);
      if (mebibytes && /file too large|signal 25|write error/i.test(stderr))
        throw new RepositoryTooLargeError(this.address, mebibytes);
      throw explainGit({
        address: this.address,
        branch,
        output: `${stdout}\n${stderr || error}`,
        ...(killed && { endedAfter: timeout }),
      });
    }
  }
}

/** A commit for a branch of a git host. */
export interface PushedCommit {
  branch: string;
  commit: string;
  expected?: string;
  /** Tag that is created as well. */
  tag?: string;
}

/** Removes what a fetch has received before it failed; git itself would keep it for two weeks. */
async function removePartialPacks(folder: string): Promise<void> {
  const packs = join(folder, 'objects/pack');
  for (const name of await readdir(packs).catch(() => []))
    if (name.startsWith('tmp_')) await rm(join(packs, name), { force: true });
}
