import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  FileContent,
  FileTree,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { randomUUID } from 'node:crypto';
import { bundle } from './bundle';
import { fastImport, type Author, type FileChange } from './fastImport';
import type { GitHost, RepositoryRef } from './GitHost';
import { git, gitText } from './runGit';

/** Files that are listed at most; an app has far fewer. */
const filesListed = 2_000;

/** Bytes of a file that people can read and edit in the portal. */
const longestFile = 1024 ** 2;

/** Changes of files on top of a commit. */
export interface Edit {
  /** The newest commit when the person began to edit. */
  base: string;
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
  readonly #host: GitHost;

  constructor(host: GitHost) {
    this.#host = host;
  }

  /**
   * Lists the files of a commit by path.
   *
   * @param commit - the newest one by default
   * @throws NotFoundError when there is no such repository or commit
   */
  async list(repository: RepositoryRef, commit?: string): Promise<FileTree> {
    const head = await this.#host.head(repository);
    const shown = commit ?? head;
    const entries = await this.#entries(repository, shown).catch(() => {
      throw new NotFoundError(`The code has no commit ${shown}`);
    });
    return {
      commit: shown,
      files: entries
        .slice(0, filesListed)
        .map(({ bytes, hash, path }) => ({ path, bytes, hash })),
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
    await this.#host.head(repository);
    const [entry] = await this.#entries(repository, commit, path).catch(
      () => [],
    );
    if (entry?.path !== path)
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
   * Commits changes to `main` and returns the new commit.
   *
   * @throws ConflictError when `base` is no longer the newest commit, or the tenant has no space left
   * @throws InputError when nothing changes, a path is outside the repository, or the code is too large to run
   */
  async commit(repository: RepositoryRef, edit: Edit): Promise<string> {
    const { author, base, message, pusher } = edit;
    const folder = this.#host.folder(repository);
    await this.#requireNewest(repository, base);
    const problem = await this.#host.spaceProblem(repository.tenant);
    if (problem) throw new ConflictError(problem);
    const files = await this.#withModes(repository, edit);
    const draft = `refs/bailiwick/edits/${randomUUID()}`;
    const run = (...args: string[]) => gitText(['-C', folder, ...args]);
    try {
      await git(
        ['-C', folder, 'fast-import', '--quiet'],
        fastImport({ ref: draft, parent: base, message, files, author }),
      );
      const tree = (commit: string) => run('rev-parse', `${commit}^{tree}`);
      if ((await tree(draft)) === (await tree(base)))
        throw new InputError('The files have not changed; there is no commit');
      // The same limits as for a push.
      await bundle(folder, draft);
      const commit = await run('rev-parse', draft);
      const update = ['update-ref', 'refs/heads/main', commit, base];
      await run(
        ...['-c', `user.name=${pusher}`, '-c', 'user.email=portal'],
        ...['-c', 'core.logAllRefUpdates=true', ...update],
      ).catch(async error => {
        await this.#requireNewest(repository, base);
        throw error;
      });
      return commit;
    } finally {
      await run('update-ref', '-d', draft).catch(() => {});
    }
  }

  /** @throws ConflictError unless a commit is the newest one */
  async #requireNewest(repository: RepositoryRef, base: string): Promise<void> {
    const head = await this.#host.head(repository);
    if (head !== base)
      throw new ConflictError(
        `The code has a newer commit, ${head.slice(
          0,
          7,
        )}; load it, and apply your changes to it`,
      );
  }

  /** Keeps programs executable, and refuses changes of links, which could lead elsewhere. */
  async #withModes(
    repository: RepositoryRef,
    { base, files }: Edit,
  ): Promise<FileChange[]> {
    const entries = await this.#entries(repository, base);
    const modes = new Map(entries.map(({ mode, path }) => [path, mode]));
    return files.map(file => {
      const mode = modes.get(file.path);
      if (mode && !mode.startsWith('100'))
        throw new InputError(
          `"${file.path}" is a link; change it with git instead`,
        );
      if (file.content === null && !mode)
        throw new InputError(`There is no file "${file.path}" to delete`);
      return { ...file, isExecutable: mode === '100755' };
    });
  }

  /** Lists a commit's files, or the one of a path. */
  async #entries(
    repository: RepositoryRef,
    commit: string,
    path?: string,
  ): Promise<Entry[]> {
    const output = await git([
      ...['-C', this.#host.folder(repository), '--literal-pathspecs'],
      ...['ls-tree', '-r', '-z', '-l', '--full-tree', commit],
      ...(path === undefined ? [] : ['--', path]),
    ]);
    return output
      .toString()
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const [about, name] = line.split('\t');
        const [mode, , hash, size] = about.split(/\s+/);
        return { mode, path: name, bytes: Number(size) || 0, hash };
      });
  }
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
