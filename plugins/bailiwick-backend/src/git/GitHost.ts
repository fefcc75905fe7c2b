import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  appNameRules,
  brokenRules,
  tenantNameRules,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { fastImport } from './fastImport';
import { preReceiveHook } from './preReceiveHook';
import { git, gitText } from './runGit';

/** A repository: its tenant and its name. */
export interface RepositoryRef {
  tenant: string;
  name: string;
}

/** A file of a first commit. */
export interface SourceFile {
  path: string;
  content: string;
}

/** What may be pushed; the size is that of one push, whatever branch it is for. */
const settings = {
  'http.receivepack': 'true',
  'receive.denyDeletes': 'true',
  'receive.denyNonFastForwards': 'true',
  'receive.maxInputSize': '50m',
};

/** Bare repositories in a folder, one sub-folder per tenant. */
export class GitHost {
  readonly directory: string;

  constructor(options: { directory: string }) {
    this.directory = options.directory;
  }

  /** Folder of a repository; names are checked, so it never leaves the host's folder. */
  folder({ tenant, name }: RepositoryRef): string {
    const broken = [
      ...brokenRules(tenantNameRules, tenant),
      ...brokenRules(appNameRules, name),
    ];
    if (broken.length > 0) throw new InputError(broken.join('; '));
    return join(this.directory, tenant, `${name}.git`);
  }

  async exists(repository: RepositoryRef): Promise<boolean> {
    return stat(this.folder(repository)).then(
      () => true,
      () => false,
    );
  }

  /**
   * Creates a repository with one commit on `main` and returns the commit. Creating it again
   * with the same files is not an error.
   *
   * @throws ConflictError when a repository of that name holds something else.
   */
  async create(
    repository: RepositoryRef,
    files: SourceFile[],
    author: { name: string; email: string },
  ): Promise<string> {
    const folder = this.folder(repository);
    const draft = `${folder}.${process.pid}-${Date.now()}`;
    await mkdir(draft, { recursive: true });
    try {
      await git(['init', '--quiet', '--bare', '--initial-branch=main', draft]);
      for (const [setting, value] of Object.entries(settings)) {
        await git(['-C', draft, 'config', setting, value]);
      }
      await writeFile(join(draft, 'hooks', 'pre-receive'), preReceiveHook, {
        mode: 0o755,
      });
      await git(
        ['-C', draft, 'fast-import', '--quiet'],
        fastImport(files, author),
      );
      if (await this.exists(repository)) {
        return await this.#sameTree(repository, draft);
      }
      await rename(draft, folder);
      return await this.head(repository);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }

  /**
   * Newest commit of `main`.
   *
   * @throws NotFoundError when there is no such repository.
   */
  async head(repository: RepositoryRef): Promise<string> {
    const folder = this.folder(repository);
    if (!(await this.exists(repository))) {
      throw new NotFoundError(
        `There is no repository "${repository.tenant}/${repository.name}"`,
      );
    }
    return gitText(['-C', folder, 'rev-parse', 'refs/heads/main']);
  }

  /** The files of a commit as a `.tar.gz` that is the same for the same commit. */
  async bundle(repository: RepositoryRef, commit: string): Promise<Buffer> {
    const tar = await git([
      '-C',
      this.folder(repository),
      'archive',
      '--format=tar',
      commit,
    ]);
    return promisify(gzip)(tar, { level: 9 });
  }

  /** A repository that began with the same files is taken as it is, with what came since. */
  async #sameTree(repository: RepositoryRef, draft: string): Promise<string> {
    const tree = (folder: string) =>
      gitText([
        '-C',
        folder,
        'log',
        '--max-parents=0',
        '--format=%T',
        'refs/heads/main',
      ]);
    if ((await tree(this.folder(repository))) === (await tree(draft))) {
      return this.head(repository);
    }
    throw new ConflictError(
      `There is a repository "${repository.tenant}/${repository.name}" already with other files; choose another name`,
    );
  }
}
