import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  homeNamespace,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RepositoryHostView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  mainBranch,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createAtHost,
  RepositoryTooLargeError,
  pathWithin,
  type GitHostConfig,
} from '../gitHosts';
import type { Author, SourceFile } from './fastImport';
import type { GitHost, RepositoryRef } from './GitHost';
import { gitText } from './runGit';
import { Turns } from './Turns';
import { createMirror } from './createMirror';
import type { Deployers } from './Deployers';
import { GitRemote, type PushedCommit, type RemoteRefs } from './GitRemote';
import { warningsOf } from './mirrorWarnings';

/** Setting in which a repository keeps its address at a git host. */
const addressSetting = 'bailiwick.address';

/** File of a repository whose time of modification is that of the last successful fetch. */
const fetchedFile = 'bailiwick-fetched';

/** Milliseconds until people cause another fetch, after one that succeeded or failed. */
const againMs = { succeeded: 3_000, failed: 10_000 };

/** Milliseconds for which people wait for a fetch. */
const patienceMs = 4_000;

/** Outcome of the last fetch. */
interface State {
  /** Start of the last attempt, by this process. */
  triedAt: number;
  running?: Promise<boolean>;
  problem?: string;
  /** Branches that are too large, and are not fetched again. */
  tooLarge?: string;
}

/**
 * Repositories at other git hosts. Each has a mirror among the repositories of the portal, from which everything is
 * read; commits go to the host first.
 */
export class ExternalRepositories {
  readonly deployers: Deployers;
  readonly #config: GitHostConfig;
  readonly #host: GitHost;
  readonly #kubernetes: Pick<KubernetesService, 'lists'>;
  readonly #states = new Map<string, State>();
  readonly #turns = new Turns();
  /** Called after a fetch with new commits of `main`. */
  onCommits: (repository: RepositoryRef) => void = () => {};

  constructor(options: {
    config: GitHostConfig;
    deployers: Deployers;
    host: GitHost;
    kubernetes: Pick<KubernetesService, 'lists'>;
  }) {
    this.#config = options.config;
    this.deployers = options.deployers;
    this.#host = options.host;
    this.#kubernetes = options.kubernetes;
  }

  /** Whether new repositories are at a git host. */
  get isDefault(): boolean {
    return this.#config.addressOf !== undefined;
  }

  /** Returns `spec.source.repository` of a new app. */
  sourceOf(place: { tenant: string; name: string }): string {
    return this.#config.addressOf?.(place) ?? `${place.tenant}/${place.name}`;
  }

  /** Returns the address of a repository at its git host, `undefined` for one of the portal. */
  async addressOf(repository: RepositoryRef): Promise<string | undefined> {
    if (!(await this.#host.exists(repository))) return undefined;
    return (await this.#host.setting(repository, addressSetting)) || undefined;
  }

  /**
   * Creates a repository with one commit at the git host, and its mirror; pushes are deployed as the person. An empty
   * repository that exists at the host is used.
   *
   * @returns the commit
   * @throws ConflictError when the repository has other commits; errors of the host
   */
  async create(
    repository: RepositoryRef,
    files: SourceFile[],
    author: Author,
    person: Person,
  ): Promise<string> {
    const address = this.sourceOf(repository);
    const isNew = !(await this.#host.exists(repository));
    // An app of the time before the git host keeps its repository.
    if (
      !isNew &&
      this.#appOf(repository) &&
      !(await this.addressOf(repository))
    )
      return this.#host.create(repository, files, author);
    const remote = this.#remote(address);
    const { refs } = await this.#listOrCreate(remote);
    try {
      const head = await this.#host.create(repository, files, author);
      const main = refs.get(`refs/heads/${mainBranch}`);
      if (refs.size > 0 && main !== head)
        throw new ConflictError(
          `Repository ${address} already has commits. Choose another name, or delete the repository at the git host`,
        );
      await this.#host.changeSetting(repository, addressSetting, address);
      if (!this.#appOf(repository))
        await this.deployers.set(repository, person);
      if (main !== head)
        await remote.push(this.#host.folder(repository), {
          branch: mainBranch,
          commit: head,
          tag: ownerTag(repository),
        });
      await this.#markFetched(repository);
      return head;
    } catch (error) {
      if (isNew)
        await rm(this.#host.folder(repository), {
          recursive: true,
          force: true,
        });
      throw error;
    }
  }

  /** Fetches new commits if nobody did within seconds; waits for seconds at most, and keeps problems for the view. */
  async refresh(repository: RepositoryRef): Promise<void> {
    const address = await this.addressOf(repository);
    if (!address) return;
    const { problem, triedAt } = this.#state(address);
    const pause = problem ? againMs.failed : againMs.succeeded;
    if (Date.now() - triedAt < pause) return;
    const stop = new AbortController();
    await Promise.race([
      this.sync(repository).catch(() => {}),
      sleep(patienceMs, undefined, { signal: stop.signal }).catch(() => {}),
    ]);
    stop.abort();
  }

  /**
   * Fetches new commits of a repository.
   *
   * @returns whether `main` has another commit
   * @throws errors of the git host, which {@link view} shows until the next fetch
   */
  async sync(repository: RepositoryRef): Promise<boolean> {
    const address = await this.#mirrored(repository);
    const state = this.#state(address);
    state.running ??= this.#take(repository, () =>
      this.#fetch(repository, address, state),
    ).finally(() => {
      state.running = undefined;
    });
    const hasChanged = await state.running;
    if (hasChanged) this.onCommits(repository);
    return hasChanged;
  }

  /**
   * Pushes a commit to the git host, before the mirror gets it.
   *
   * @param update - changes the mirror
   * @throws StaleBranchError, ConflictError and others of `GitRemote.push`; then the mirror has not changed
   */
  async push(
    repository: RepositoryRef,
    commit: PushedCommit,
    update: () => Promise<unknown>,
  ): Promise<void> {
    const address = await this.addressOf(repository);
    if (!address) return void (await update());
    const remote = this.#remote(address);
    return this.#take(repository, async () => {
      await remote.push(this.#host.folder(repository), commit);
      this.#state(address).problem = undefined;
      await this.#markFetched(repository);
      await update();
    });
  }

  /** Describes the repository at its address for people. */
  async view(
    repository: RepositoryRef,
    address: string,
  ): Promise<RepositoryHostView> {
    const client = this.#config.find(address);
    const folder = this.#host.folder(repository);
    const [deployer, fetched, warnings] = await Promise.all([
      this.deployers.find(repository),
      stat(join(folder, fetchedFile)).catch(() => undefined),
      warningsOf(folder, `refs/heads/${mainBranch}`),
    ]);
    const problem = client
      ? this.#states.get(address)?.problem
      : noHost(address).message;
    return {
      host: new URL(address).host,
      website:
        client?.website?.(pathWithin(client, address)) ??
        address.replace(/\.git$/, ''),
      ...(fetched && { fetchedAt: fetched.mtime.toISOString() }),
      ...(problem && { problem }),
      ...(deployer && { deployer }),
      warnings,
    };
  }

  /** Keeps a problem that prevents a fetch. */
  setProblem(address: string, problem: string): void {
    Object.assign(this.#state(address), { problem, triedAt: Date.now() });
  }

  async #fetch(
    repository: RepositoryRef,
    address: string,
    state: State,
  ): Promise<boolean> {
    state.triedAt = Date.now();
    try {
      const remote = this.#remote(address);
      const found = await remote.list();
      requireMain(address, found);
      const main = found.refs.get(`refs/heads/${mainBranch}`);
      const folder = this.#host.folder(repository);
      const before = await this.#main(folder);
      if (!(await GitRemote.isUpToDate(folder, found))) {
        const all = JSON.stringify([...found.refs]);
        if (state.tooLarge === all) return false;
        const full = await this.#host.spaceProblem(repository.tenant);
        if (full) throw new ConflictError(full);
        await remote.fetch(folder).catch(error => {
          if (error instanceof RepositoryTooLargeError) state.tooLarge = all;
          throw error;
        });
      }
      state.problem = undefined;
      await this.#markFetched(repository);
      return main !== before;
    } catch (error) {
      state.problem = (error as Error).message;
      throw error;
    }
  }

  /**
   * Returns the address of a repository at its git host. A mirror that the portal lost is created again, if the app
   * names the repository that the settings give it, and the repository was created for this very tenant: apps can name
   * any address, and the code of a deleted tenant is not for a later one of its name.
   */
  async #mirrored(repository: RepositoryRef): Promise<string> {
    const address = await this.addressOf(repository);
    if (address) return address;
    const named = this.#appOf(repository)?.spec.source.repository;
    const isLost =
      named?.includes(':') &&
      named === this.sourceOf(repository) &&
      // Otherwise an app of the portal that names the address later would get other code.
      !(await this.#host.exists(repository));
    if (!isLost)
      throw new NotFoundError(
        `Repository "${repository.tenant}/${repository.name}" has no git host`,
      );
    const { refs } = await this.#remote(named).list();
    if (!refs.has(`refs/tags/${ownerTag(repository)}`))
      throw new NotFoundError(
        `Repository ${named} was not created for this tenant: it has no tag ${ownerTag(
          repository,
        )}`,
      );
    await createMirror(this.#host, repository, { [addressSetting]: named });
    return named;
  }

  async #listOrCreate(remote: GitRemote): Promise<RemoteRefs> {
    try {
      return await remote.list();
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      await createAtHost(this.#client(remote.address), remote.address);
      return { refs: new Map() };
    }
  }

  #appOf({ name, tenant }: RepositoryRef): App | undefined {
    return this.#kubernetes.lists.apps.get(name, homeNamespace(tenant));
  }

  /** Returns the commit of `main`, `undefined` in an empty mirror. */
  #main(folder: string): Promise<string | undefined> {
    const show = [
      'rev-parse',
      '--verify',
      '--quiet',
      `refs/heads/${mainBranch}`,
    ];
    return gitText(['-C', folder, ...show]).catch(() => undefined);
  }

  #client(address: string) {
    const client = this.#config.find(address);
    if (!client) throw noHost(address);
    return client;
  }

  #remote(address: string): GitRemote {
    return new GitRemote(this.#client(address), address);
  }

  #state(address: string): State {
    const state = this.#states.get(address) ?? { triedAt: 0 };
    this.#states.set(address, state);
    return state;
  }

  /** Runs one task of a repository after the other: a fetch must not undo a push. */
  async #take<T>(
    { name, tenant }: RepositoryRef,
    task: () => Promise<T>,
  ): Promise<T> {
    let result: T;
    await this.#turns.take(`${tenant}/${name}`, async () => {
      result = await task();
    });
    return result!;
  }

  async #markFetched(repository: RepositoryRef): Promise<void> {
    const file = join(this.#host.folder(repository), fetchedFile);
    const now = new Date();
    await utimes(file, now, now).catch(() => writeFile(file, ''));
  }
}

/** Returns the tag of the first commit, by which the portal knows for whom it created a repository. */
function ownerTag({ tenantUid }: RepositoryRef): string {
  return `bailiwick-tenant-${tenantUid}`;
}

/** @throws ConflictError when a repository has no branch `main` */
function requireMain(address: string, { defaultBranch, refs }: RemoteRefs) {
  if (refs.has(`refs/heads/${mainBranch}`)) return;
  const others = defaultBranch
    ? ` (its default branch is "${defaultBranch}")`
    : '';
  throw new ConflictError(
    refs.size === 0
      ? `Repository ${address} is empty`
      : `Repository ${address} has no branch "${mainBranch}"${others}; commits to this branch are deployed. Create it at the git host`,
  );
}

function noHost(address: string): Error {
  const { host } = new URL(address);
  return new ServiceUnavailableError(
    `The portal has no credentials for ${host}. Ask the platform team to add the host to integrations`,
  );
}
