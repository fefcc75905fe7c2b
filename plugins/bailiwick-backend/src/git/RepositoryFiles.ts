import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  FileContent,
  FileTree,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCommit,
  mainBranch,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { randomUUID } from 'node:crypto';
import { branchHead, listBranches, refOf, requireFree } from './branches';
import { bundle } from './bundle';
import {
  fastImport,
  isInside,
  requireInside,
  type Author,
  type FileChange,
} from './fastImport';
import type { ExternalRepositories } from './ExternalRepositories';
import { StaleBranchError } from '../gitHosts';
import type { PushedCommit } from './GitRemote';
import type { GitHost, RepositoryRef } from './GitHost';
import { requiredPackages } from './requiredPackages';
import { git, gitText, gitUpTo } from './runGit';

/** Bytes of a list of files: those of thousands, of which an app has far fewer. */
const longestList = 512 * 1024;

/** Bytes of a file that people can read and edit in the portal. */
const longestFile = 1024 ** 2;

/** Mode of folders in git. */
const folderMode = '040000';

/** What to list: a commit, or the newest one of a branch; that of `main` by default. */
export interface ListedCommit {
  commit?: string;
  branch?: string;
}

/** Value of `git update-ref` for a branch that must not exist. */
const absent = '0'.repeat(40);

/** Changes of files on top of a commit. */
export interface Edit {
  /** The newest commit when the person began to edit. */
  base: string;
  /** Branch that gets the commit, `main` by default. */
  branch?: string;
  /** Whether the branch is created at the base. */
  isNewBranch?: boolean;
  message: string;
  files: FileChange[];
  author: Author;
  /** Reference of the person, for the list of pushes. */
  pusher: string;
}

interface Entry {
  mode: string;
  path: string;
  bytes: number;
  /** Hash of the content. */
  hash: string;
}

/** The files of the commits of repositories, and new commits of them. */
export class RepositoryFiles {
  readonly #external?: ExternalRepositories;
  readonly #host: GitHost;

  /** @param external - repositories at other git hosts, which get each commit first */
  constructor(host: GitHost, external?: ExternalRepositories) {
    this.#host = host;
    this.#external = external;
  }

  /**
   * Lists the files of a commit by path; without a commit, also the branches.
   *
   * @throws NotFoundError when there is no such repository, commit or branch
   */
  async list(
    repository: RepositoryRef,
    { branch = mainBranch, commit }: ListedCommit = {},
  ): Promise<FileTree> {
    const shown = commit ?? (await this.#head(repository, branch));
    await this.#host.requireCommit(repository, shown);
    const { entries, isCut } = await this.#entries(repository, shown, ['-r']);
    return {
      commit: shown,
      files: entries
        .filter(({ mode }) => isBlob(mode))
        .map(({ bytes, hash, path }) => ({ path, bytes, hash })),
      isCut,
      ...(!commit && {
        branches: await listBranches(this.#host.folder(repository)),
      }),
    };
  }

  /**
   * Returns a file of a commit; without its text if it is longer than 1 MiB or not UTF-8.
   *
   * @throws NotFoundError when the commit has no such file
   */
  async read(
    repository: RepositoryRef,
    commit: string,
    path: string,
  ): Promise<FileContent> {
    await this.#host.requireCommit(repository, commit);
    const { entries } = isInside(path)
      ? await this.#entries(repository, commit, [], [path])
      : { entries: [] };
    const entry = entries.find(one => one.path === path && isBlob(one.mode));
    if (!entry)
      throw new NotFoundError(`Commit ${commit} has no file "${path}"`);
    const text =
      entry.bytes > longestFile
        ? undefined
        : textOf(
            await git([
              ...['-C', this.#host.folder(repository)],
              ...['cat-file', 'blob', `${commit}:${path}`],
            ]),
          );
    return { commit, path, ...(text !== undefined && { text }) };
  }

  /**
   * Commits changes to a branch and returns the new commit.
   *
   * @throws ConflictError when `base` is no longer the newest commit of `main`, when another branch has other versions
   *   of the files or does not exist, when a new branch exists, or when the tenant has no space left
   * @throws InputError when the name of a branch is invalid, nothing changes, a path can't be a file of the repository, or the code is too large to run
   */
  async commit(repository: RepositoryRef, edit: Edit): Promise<string> {
    const { author, branch = mainBranch, message, pusher } = edit;
    const folder = this.#host.folder(repository);
    await this.#external?.refresh(repository);
    const { expected, parent } = await this.#startOf(repository, edit);
    const problem = await this.#host.spaceProblem(repository.tenant);
    if (problem) throw new ConflictError(problem);
    const files = await this.#withModes(repository, { ...edit, base: parent });
    const draft = `refs/bailiwick/edits/${randomUUID()}`;
    const run = (...args: string[]) => gitText(['-C', folder, ...args]);
    try {
      await git(
        ['-C', folder, 'fast-import', '--quiet'],
        fastImport({ ref: draft, parent, message, files, author }),
      );
      const tree = (commit: string) => run('rev-parse', `${commit}^{tree}`);
      if ((await tree(draft)) === (await tree(parent)))
        throw new InputError('Nothing to commit: the files are unchanged');
      // The same limits as for a push.
      await bundle(folder, draft);
      await requiredPackages(folder, draft);
      const commit = await run('rev-parse', draft);
      const update = ['update-ref', refOf(branch), commit, expected];
      const change = () =>
        run(
          ...['-c', `user.name=${pusher}`, '-c', 'user.email=portal'],
          ...['-c', 'core.logAllRefUpdates=true', ...update],
        );
      const pushed = {
        branch,
        commit,
        ...(expected !== absent && { expected }),
      };
      await this.#push(repository, pushed, change).catch(async error => {
        await this.#startOf(repository, { ...edit, base: parent });
        throw error;
      });
      return commit;
    } finally {
      await run('update-ref', '-d', draft).catch(() => {});
    }
  }

  /** Gives a commit to the git host of the repository, if it has one, and to the branch. */
  async #push(
    repository: RepositoryRef,
    commit: PushedCommit,
    change: () => Promise<unknown>,
  ): Promise<void> {
    const external = this.#external;
    if (!external) {
      await change();
      return;
    }
    await external.push(repository, commit, change).catch(async error => {
      // Get the commits for which the host refused this one.
      if (error instanceof StaleBranchError)
        await external.sync(repository).catch(() => {});
      throw error;
    });
  }

  /**
   * Returns the commit that an edit follows, and the one that its branch must have until then.
   *
   * @throws ConflictError as {@link commit}
   */
  async #startOf(
    repository: RepositoryRef,
    { base, branch = mainBranch, files, isNewBranch }: Edit,
  ): Promise<{ parent: string; expected: string }> {
    const folder = this.#host.folder(repository);
    if (isNewBranch) {
      await this.#host.requireCommit(repository, base);
      await requireFree(folder, branch);
      return { parent: base, expected: absent };
    }
    const head = await this.#head(repository, branch);
    if (head !== base && branch === mainBranch)
      throw new ConflictError(
        `The main branch has a newer commit, ${formatCommit(
          head,
        )}; review your changes against that commit, and commit again`,
      );
    if (head !== base) {
      await this.#host.requireCommit(repository, base);
      const paths = files.map(({ path }) => path);
      const other = await gitText([
        ...['-C', folder, '--literal-pathspecs', 'diff', '--name-only'],
        ...['--no-ext-diff', base, head, '--', ...paths],
      ]);
      if (other)
        throw new ConflictError(
          `Branch "${branch}" has other versions of ${other
            .split('\n')
            .join(', ')}; review them on the branch, or commit to a new branch`,
        );
    }
    return { parent: head, expected: head };
  }

  async #head(repository: RepositoryRef, branch: string): Promise<string> {
    const main = await this.#host.head(repository);
    return branch === mainBranch
      ? main
      : branchHead(this.#host.folder(repository), branch);
  }

  /**
   * Keeps programs executable, and leaves out deletions of files that are gone already. Refuses changes of links, which
   * could lead elsewhere, and files in place of folders, which would delete what is in them.
   */
  async #withModes(
    repository: RepositoryRef,
    { base, files }: Edit,
  ): Promise<FileChange[]> {
    requireInside(files);
    const paths = files.map(({ path }) => path);
    const asked = new Set(paths.flatMap(path => [path, ...foldersOf(path)]));
    const { entries } = await this.#entries(
      repository,
      base,
      ['-t'],
      [...asked],
    );
    const modes = new Map(entries.map(({ mode, path }) => [path, mode]));
    return files.flatMap(file => {
      const { content, path } = file;
      const mode = modes.get(path);
      if (content === null && mode === undefined) return [];
      if (mode === folderMode || paths.some(one => one.startsWith(`${path}/`)))
        throw new InputError(
          `"${path}" is a folder; choose another path for the file`,
        );
      const parent = foldersOf(path).find(
        one => (modes.get(one) ?? folderMode) !== folderMode,
      );
      if (parent)
        throw new InputError(
          `"${parent}" is a file, not a folder; choose another path`,
        );
      if (mode && !isBlob(mode))
        throw new InputError(`"${path}" is a link; change it with git instead`);
      return [{ ...file, isExecutable: mode === '100755' }];
    });
  }

  /** Lists entries of a commit, all or those of paths. */
  async #entries(
    repository: RepositoryRef,
    commit: string,
    options: string[],
    paths: string[] = [],
  ): Promise<{ entries: Entry[]; isCut: boolean }> {
    const { isCut, output } = await gitUpTo(
      [
        ...['-C', this.#host.folder(repository), '--literal-pathspecs'],
        ...['ls-tree', ...options, '-z', '-l', '--full-tree', commit],
        ...['--', ...paths],
      ],
      longestList,
    );
    const end = output.lastIndexOf(0);
    const entries = output
      .subarray(0, Math.max(0, end))
      .toString()
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const tab = line.indexOf('\t');
        const [mode, , hash, size] = line.slice(0, tab).split(/\s+/);
        const path = line.slice(tab + 1);
        return { mode, path, bytes: Number(size) || 0, hash };
      });
    return { entries, isCut };
  }
}

/** Whether a mode is that of a file, not of a folder, link or submodule. */
function isBlob(mode: string): boolean {
  return mode.startsWith('100');
}

/** Returns the folders around a path, the innermost last. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Returns UTF-8 without NUL characters as text, `undefined` for anything else. */
function textOf(content: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', {
      fatal: true,
      ignoreBOM: true,
    }).decode(content);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
