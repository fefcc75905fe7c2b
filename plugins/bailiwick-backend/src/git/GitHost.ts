import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  appNameRules,
  brokenRules,
  tenantNameRules,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  CommitChanges,
  CommitView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bundle } from './bundle';
import { extendsRuntime } from './extendsRuntime';
import { requiredPackages, type RequiredPackages } from './requiredPackages';
import { diskUse } from './diskUse';
import { fastImport, type Author, type SourceFile } from './fastImport';
import { preReceiveHook } from './preReceiveHook';
import { git, gitText, gitUpTo } from './runGit';
import { withDraft } from './withDraft';

/** A repository: its tenant and its name, which is that of its app. */
export interface RepositoryRef {
  tenant: string;
  /** Distinguishes a tenant from a later one of the same name, which must not get the code. */
  tenantUid: string;
  name: string;
}

/** Setting in which a repository keeps the UID of its tenant. */
export const tenantUidSetting = 'bailiwick.tenantUid';

/** Setting in which earlier versions kept the commit that was published last; now it is an annotation of the app. */
const publishedSetting = 'bailiwick.published';

/** Stands for the person in the list of pushes when commits were fetched from another git host. */
export const fetched = 'git-host';

/** Lists pushes with the person (see `serveGit`). */
const pushes = ['--walk-reflogs', '--format=%H%x00%gn'];

/** Git configuration with which repositories are served; the size is that of one push, whatever branch it is for. */
const servingConfig = {
  // Records who pushed, see GitHost.lastPusher.
  'core.logAllRefUpdates': 'true',
  'http.receivepack': 'true',
  'receive.denyDeletes': 'true',
  'receive.denyNonFastForwards': 'true',
  'receive.maxInputSize': '50m',
  // Larger files are streamed by git, not held in memory.
  'core.bigFileThreshold': '8m',
};

/** Bytes of disk that the repositories of a tenant use at most; one more push of 50 MB fits. */
const tenantBytes = 1024 ** 3;

/** Bare repositories in a folder, one sub-folder per tenant. */
export class GitHost {
  readonly directory: string;
  readonly #tenantBytes: number;
  #hooks?: Promise<string>;

  /** @param options - `tenantBytes`: bytes that the repositories of a tenant can use; 1 GiB by default */
  constructor(options: { directory: string; tenantBytes?: number }) {
    this.directory = options.directory;
    this.#tenantBytes = options.tenantBytes ?? tenantBytes;
  }

  /**
   * Explains that a tenant may not store more code, `undefined` while it may. Old commits, branches and repositories of
   * deleted apps count, so that no tenant fills the disk of the portal.
   */
  async spaceProblem(tenant: string): Promise<string | undefined> {
    const folder = join(this.directory, tenant);
    const names = await readdir(folder).catch(() => []);
    const used = await diskUse(
      names
        .filter(name => name.endsWith('.git'))
        .map(name => join(folder, name)),
    );
    if (used < this.#tenantBytes) return undefined;
    const [there, most] = [used, this.#tenantBytes].map(
      bytes => `${Math.round(bytes / 1024 ** 2)} MiB`,
    );
    return `The repositories of tenant ${tenant} use ${there}; at most ${most} are allowed. Ask the platform team to delete repositories that nobody needs.`;
  }

  /** Git configuration for serving any of the repositories, also those that an earlier version created. */
  async servingConfig(): Promise<Record<string, string>> {
    this.#hooks ??= this.#writeHooks();
    return { ...servingConfig, 'core.hooksPath': await this.#hooks };
  }

  async #writeHooks(): Promise<string> {
    const folder = resolve(this.directory, '.hooks');
    await mkdir(folder, { recursive: true });
    const hook = join(folder, 'pre-receive');
    const draft = `${hook}.${randomUUID()}`;
    await writeFile(draft, preReceiveHook, { mode: 0o755 });
    await rename(draft, hook);
    return folder;
  }

  /** Folder of a repository; names are checked, so it never leaves the host's folder. */
  folder({ tenant, name }: Pick<RepositoryRef, 'tenant' | 'name'>): string {
    const broken = [
      ...brokenRules(tenantNameRules, tenant),
      ...brokenRules(appNameRules, name),
    ];
    if (broken.length > 0) throw new InputError(broken.join('; '));
    return join(this.directory, tenant, `${name}.git`);
  }

  /** Whether there is such a repository that belongs to this very tenant. */
  async exists(repository: RepositoryRef): Promise<boolean> {
    return (await this.#ownerOf(repository)) === repository.tenantUid;
  }

  /**
   * Creates a repository with one commit on `main` and returns the commit. Creating it again
   * with the same files is not an error.
   *
   * @throws ConflictError when a repository of that name holds something else, or the tenant has no space left.
   */
  async create(
    repository: RepositoryRef,
    files: SourceFile[],
    author: Author,
  ): Promise<string> {
    const folder = this.folder(repository);
    const problem = await this.spaceProblem(repository.tenant);
    if (problem) throw new ConflictError(problem);
    const settings = { [tenantUidSetting]: repository.tenantUid };
    return withDraft(folder, settings, async draft => {
      await git(
        ['-C', draft, 'fast-import', '--quiet'],
        fastImport({
          ref: 'refs/heads/main',
          message: 'Start from the template',
          files,
          author,
        }),
      );
      if (await this.exists(repository))
        return this.#sameTree(repository, draft);
      await this.putAside(repository);
      try {
        await rename(draft, folder);
      } catch (error) {
        // Another portal created it meanwhile.
        if (await this.exists(repository))
          return this.#sameTree(repository, draft);
        throw error;
      }
      return this.head(repository);
    });
  }

  /**
   * Newest commit of `main`.
   *
   * @throws NotFoundError when there is no such repository.
   */
  async head(repository: RepositoryRef): Promise<string> {
    await this.#require(repository);
    return this.#git(repository, 'rev-parse', 'refs/heads/main');
  }

  /** Returns who pushed the newest commit of `main`, `undefined` before the first push: a person, or {@link fetched}. */
  async lastPusher(repository: RepositoryRef): Promise<string | undefined> {
    const [newest] = await this.#log(repository, pushes, 1);
    return newest?.[1];
  }

  /**
   * Returns the newest commits of `main`, newest first.
   *
   * @param limit - how many at most
   * @throws NotFoundError when there is no such repository.
   */
  async commits(
    repository: RepositoryRef,
    limit: number,
  ): Promise<CommitView[]> {
    await this.#require(repository);
    const [found, pushed] = await Promise.all([
      this.#log(repository, ['--format=%H%x00%s%x00%an%x00%aI'], limit),
      this.#log(repository, pushes, limit),
    ]);
    const pushers = new Map(
      pushed
        .filter(([, pusher]) => pusher !== fetched)
        .map(([commit, pusher]) => [commit, pusher] as const),
    );
    return found.map(([commit, message, author, at]) => {
      const pushedBy = pushers.get(commit);
      return { commit, message, author, at, ...(pushedBy && { pushedBy }) };
    });
  }

  /** The commit that an earlier version published last, `undefined` if there is none. */
  async published(repository: RepositoryRef): Promise<string | undefined> {
    const commit = await this.setting(repository, publishedSetting);
    return commit || undefined;
  }

  /** Returns a setting of an existing repository, empty if it is absent. */
  setting(repository: RepositoryRef, name: string): Promise<string> {
    return this.#git(repository, 'config', '--default', '', '--get', name);
  }

  /** Changes a setting of an existing repository. */
  async changeSetting(
    repository: RepositoryRef,
    name: string,
    value: string,
  ): Promise<void> {
    await this.#git(repository, 'config', name, value);
  }

  /**
   * The files of a commit as a `.tar.gz` that is the same for the same commit.
   *
   * @throws NotFoundError when there is no such repository.
   * @throws InputError when the code is too large to run.
   */
  async bundle(repository: RepositoryRef, commit: string): Promise<Buffer> {
    await this.#require(repository);
    return bundle(this.folder(repository), commit);
  }

  /**
   * Returns the file of a commit that declares packages, `undefined` if the code requires none.
   *
   * @throws NotFoundError when there is no such repository.
   * @throws InputError when the file is too large.
   */
  async requiredPackages(
    repository: RepositoryRef,
    commit: string,
  ): Promise<RequiredPackages | undefined> {
    await this.#require(repository);
    return requiredPackages(this.folder(repository), commit);
  }

  /** Like `extendsRuntime`. @throws NotFoundError when there is no such repository */
  async extendsRuntime(
    repository: RepositoryRef,
    commit: string,
  ): Promise<boolean> {
    await this.#require(repository);
    return extendsRuntime(this.folder(repository), commit);
  }

  /**
   * Returns the differences between two commits as a unified diff, and whether it is truncated.
   *
   * @param maxBytes - size of the diff at most
   * @throws NotFoundError when the repository or one of the commits does not exist
   */
  async compare(
    repository: RepositoryRef,
    from: string,
    to: string,
    maxBytes: number,
  ): Promise<CommitChanges> {
    for (const commit of [from, to])
      await this.requireCommit(repository, commit);
    const options = [
      '--no-color',
      '--no-ext-diff',
      '--no-textconv',
      '--find-renames',
    ];
    const { isCut, output } = await gitUpTo(
      ['-C', this.folder(repository), 'diff', ...options, from, to, '--'],
      maxBytes,
    );
    return { text: output.toString().trim(), isCut };
  }

  /** @throws NotFoundError when the repository or the commit does not exist */
  async requireCommit(
    repository: RepositoryRef,
    commit: string,
  ): Promise<void> {
    await this.#require(repository);
    const find = ['cat-file', '-e', `${commit}^{commit}`];
    await this.#git(repository, ...find).catch(() => {
      throw new NotFoundError(
        `Repository "${repository.tenant}/${repository.name}" has no commit ${commit}`,
      );
    });
  }

  /** The repositories of this very tenant, also of apps that were deleted. */
  async list({ metadata }: Pick<Tenant, 'metadata'>): Promise<RepositoryRef[]> {
    const { name: tenant, uid: tenantUid = '' } = metadata;
    const folder = join(this.directory, tenant);
    const found: RepositoryRef[] = [];
    for (const entry of await readdir(folder).catch(() => [])) {
      const name = entry.match(/^([^.]+)\.git$/)?.[1];
      if (!name || brokenRules(appNameRules, name).length > 0) continue;
      const repository = { tenant, tenantUid, name };
      if (await this.exists(repository)) found.push(repository);
    }
    return found;
  }

  /** Writes all branches and tags with their history into a file, as a git bundle. */
  async saveHistory(
    repository: RepositoryRef,
    file: string,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#require(repository);
    const save = ['bundle', 'create', '--quiet', file, '--all'];
    await git(['-C', this.folder(repository), ...save], undefined, signal);
  }

  /** Returns the UID of the tenant of a folder, `undefined` without a folder. */
  async #ownerOf(repository: RepositoryRef): Promise<string | undefined> {
    const folder = this.folder(repository);
    const isThere = await stat(folder).then(
      () => true,
      () => false,
    );
    if (!isThere) return undefined;
    return (await this.setting(repository, tenantUidSetting)) || 'unknown';
  }

  /** Lists commits of `main`, each with the fields of its format. */
  async #log(
    repository: RepositoryRef,
    format: string[],
    limit: number,
  ): Promise<string[][]> {
    const log = ['log', `--max-count=${limit}`, ...format];
    const text = await this.#git(repository, ...log, 'refs/heads/main', '--');
    return text ? text.split('\n').map(line => line.split('\0')) : [];
  }

  /** Runs git in a repository and returns its output. */
  #git(repository: RepositoryRef, ...args: string[]): Promise<string> {
    return gitText(['-C', this.folder(repository), ...args]);
  }

  /** Keeps the code of an earlier tenant of the same name where no address leads to it. */
  async putAside(repository: RepositoryRef): Promise<void> {
    const owner = await this.#ownerOf(repository);
    if (!owner) return;
    const folder = this.folder(repository);
    await rename(folder, `${folder}.${owner}`);
  }

  async #require(repository: RepositoryRef): Promise<void> {
    if (await this.exists(repository)) return;
    throw new NotFoundError(
      `Repository "${repository.tenant}/${repository.name}" was not found`,
    );
  }

  /** A repository with the same first files is reused, with its later commits. */
  async #sameTree(repository: RepositoryRef, draft: string): Promise<string> {
    const first = ['log', '--max-parents=0', '--format=%T', 'refs/heads/main'];
    const tree = (folder: string) => gitText(['-C', folder, ...first]);
    if ((await tree(this.folder(repository))) === (await tree(draft))) {
      return this.head(repository);
    }
    throw new ConflictError(
      `Repository "${repository.tenant}/${repository.name}" already exists with different files (repositories are kept when an app is deleted); choose another name`,
    );
  }
}
