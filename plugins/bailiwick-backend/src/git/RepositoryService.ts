import {
  annotations,
  bundleName,
  homeNamespace,
  labels,
  managedBy,
  appKind,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  CommitChanges,
  CommitView,
  FileContent,
  FileTree,
  RepositoryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  coreKinds,
  ignoreAlreadyExists,
  isConflict,
  isNotFound,
} from '@bailiwick/backstage-kube-controller';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { InputError, NotFoundError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import type { BailiwickConfig } from '../config';
import type { Author, SourceFile } from './fastImport';
import type { ExternalRepositories } from './ExternalRepositories';
import { fetched, type GitHost, type RepositoryRef } from './GitHost';
import { replaceDrafts } from './replaceDrafts';
import {
  RepositoryFiles,
  type Edit,
  type ListedCommit,
} from './RepositoryFiles';
import { stampOf, type Stamp } from './stampOf';
import { Turns } from './Turns';

/** Bytes of a diff that are shown; people read no more. */
const longestDiff = 200_000;

/** Newest commits that are listed. */
const commitsShown = 200;

/** Attempts to publish a commit while others, such as the operator, change the app. */
const mostAttempts = 20;

/** The names of a repository in its address. */
type RepositoryPlace = Pick<RepositoryRef, 'tenant' | 'name'>;

/** Manages repositories, and the code bundles that the cluster runs, as the signed-in person. */
export class RepositoryService {
  readonly #external?: ExternalRepositories;
  readonly #files: RepositoryFiles;
  readonly #host: GitHost;
  readonly #kubernetes: KubernetesService;
  readonly #config: BailiwickConfig;
  /** One replacement of the code in an app's drafts after the other. */
  readonly #replacements = new Turns();

  constructor(options: {
    /** Repositories at other git hosts. */
    external?: ExternalRepositories;
    host: GitHost;
    kubernetes: KubernetesService;
    config: BailiwickConfig;
  }) {
    this.#external = options.external;
    this.#files = new RepositoryFiles(options.host, options.external);
    this.#host = options.host;
    this.#kubernetes = options.kubernetes;
    this.#config = options.config;
  }

  /**
   * Creates a repository with the given files as its first commit, at another git host if there is one.
   *
   * @throws InputError as {@link checkName}; ConflictError when a repository of the name began with other files; errors
   *   of the git host
   */
  async create(
    person: Person,
    place: RepositoryPlace,
    files: SourceFile[],
  ): Promise<RepositoryView> {
    const repository = this.find(place);
    await this.#checkMayBuild(person, repository.tenant);
    await this.checkName(place);
    const author = authorOf(person);
    const commit = this.#external?.isDefault
      ? await this.#external.create(repository, files, author, person)
      : await this.#host.create(repository, files, author);
    return this.#view(repository, commit);
  }

  /**
   * A repository of the tenant that bears the name now, there or not.
   *
   * @throws NotFoundError when there is no such tenant.
   */
  find({ tenant, name }: RepositoryPlace): RepositoryRef {
    const tenantUid = this.#kubernetes.lists.tenants.get(tenant)?.metadata.uid;
    if (!tenantUid) throw new NotFoundError(`Tenant "${tenant}" was not found`);
    return { tenant, tenantUid, name };
  }

  /**
   * Checks that a new app of the name would not run the code of a deleted one, whose repository is kept.
   *
   * @throws InputError when commits were pushed to the repository, and no app uses it
   */
  async checkName(place: RepositoryPlace): Promise<void> {
    const repository = this.find(place);
    if (this.#appOf(repository) || !(await this.#host.exists(repository)))
      return;
    const [, earlier] = await this.#host.commits(repository, 2);
    if (earlier)
      throw new InputError(
        `name: The repository "${repository.tenant}/${repository.name}" has the code of a deleted app. Choose another name`,
      );
  }

  /** Returns `spec.source.repository` of a new app. */
  sourceOf(place: RepositoryPlace): string {
    return this.#external?.sourceOf(place) ?? `${place.tenant}/${place.name}`;
  }

  async get(place: RepositoryPlace): Promise<RepositoryView> {
    const repository = this.find(place);
    await this.#external?.refresh(repository);
    return this.#view(repository, await this.#host.head(repository));
  }

  /** Returns the newest commits of a repository, newest first. */
  async commits(place: RepositoryPlace): Promise<CommitView[]> {
    const repository = this.find(place);
    await this.#external?.refresh(repository);
    return this.#host.commits(repository, commitsShown);
  }

  /** Returns the differences between two commits as a unified diff, truncated if it is very long. */
  async compare(
    place: RepositoryPlace,
    from: string,
    to: string,
  ): Promise<CommitChanges> {
    return this.#host.compare(this.find(place), from, to, longestDiff);
  }

  /** Lists the files of a commit, by default the newest one of `main`. */
  async listFiles(
    place: RepositoryPlace,
    at?: ListedCommit,
  ): Promise<FileTree> {
    const repository = this.find(place);
    if (!at?.commit) await this.#external?.refresh(repository);
    return this.#files.list(repository, at);
  }

  /** Returns a file of a commit. */
  readFile(
    place: RepositoryPlace,
    commit: string,
    path: string,
  ): Promise<FileContent> {
    return this.#files.read(this.find(place), commit, path);
  }

  /**
   * Commits changes of files to a branch, as a person.
   *
   * @returns the new commit, which is not published yet
   * @throws ConflictError, InputError as {@link RepositoryFiles.commit}
   */
  async commit(
    person: Person,
    place: RepositoryPlace,
    edit: Omit<Edit, 'author' | 'pusher'>,
  ): Promise<string> {
    const repository = this.find(place);
    await this.#checkMayBuild(person, repository.tenant);
    return this.#files.commit(repository, {
      ...edit,
      author: authorOf(person),
      pusher: person.user,
    });
  }

  /**
   * Returns the files of a commit as a `.tar.gz`, for a person who can build.
   *
   * @throws NotFoundError when there is no such repository or commit
   */
  async bundle(
    person: Person,
    place: RepositoryPlace,
    commit: string,
  ): Promise<Buffer> {
    const repository = this.find(place);
    await this.#checkMayBuild(person, repository.tenant);
    await this.#host.requireCommit(repository, commit);
    return this.#host.bundle(repository, commit);
  }

  /**
   * Puts the files of a commit into the tenant's home namespace, where the operator finds them.
   *
   * @returns the files as a `.tar.gz`
   */
  async publishBundle(
    person: Person,
    place: RepositoryPlace,
    commit: string,
  ): Promise<Buffer> {
    const repository = this.find(place);
    const bundle = await this.#host.bundle(repository, commit);
    const digest = digestOf(bundle);
    const [packages, dockerfile] = await Promise.all([
      this.#host.requiredPackages(repository, commit),
      this.#host.extendsRuntime(repository, commit),
    ]);
    const namespace = homeNamespace(repository.tenant);
    const configMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: bundleName(repository.name, commit),
        namespace,
        labels: {
          [labels.managedBy]: managedBy,
          [labels.app]: repository.name,
          [labels.tenant]: repository.tenant,
          [labels.commit]: commit,
        },
        annotations: {
          [annotations.bundleDigest]: digest,
          ...(packages && {
            [annotations.packagesDigest]: digestOf(packages.content),
          }),
          ...(dockerfile && { [annotations.dockerfile]: 'true' }),
        },
      },
      immutable: true,
      ...(packages && { data: { [packages.file]: packages.content } }),
      binaryData: { 'bundle.tar.gz': bundle.toString('base64') },
    };
    await this.#kubernetes
      .as(person)
      .resource(coreKinds.configMaps)
      .create(configMap)
      .catch(ignoreAlreadyExists);
    return bundle;
  }

  /**
   * Publishes the newest commit after a push, and deploys it to the app's drafts. Portals that publish at the same time
   * agree by the version of the app, so that an older commit never comes last.
   *
   * @throws Error while the app does not exist, such as just before its creation, and while others change it all the time
   */
  async publishPush(person: Person, place: RepositoryPlace): Promise<void> {
    const { name } = place;
    const namespace = homeNamespace(place.tenant);
    const apps = this.#kubernetes.as(person).resource<App>(appKind);
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      // The version is read before the commit: whoever publishes a later commit has changed the version.
      const app = await apps.get(name, { namespace }).catch(error => {
        if (!isNotFound(error)) throw error;
        throw new Error(`App ${name} does not exist in the cluster yet.`);
      });
      const revision = await this.#unpublished(place, app);
      if (!revision) return;
      const bundle = await this.publishBundle(person, place, revision);
      const { resourceVersion } = app.metadata;
      const published = { [annotations.published]: revision };
      const isPublished = await apps
        .patch(
          name,
          {
            metadata: { resourceVersion, annotations: published },
            spec: { source: { revision } },
          },
          { namespace },
        )
        .then(() => true, retryConflict);
      if (!isPublished) continue;
      // Nothing depends on it: new pods follow in any case.
      this.#replacements
        .take(`${place.tenant}/${name}`, () =>
          replaceDrafts(this.#kubernetes, place.tenant, app, bundle),
        )
        .catch(() => {});
      return;
    }
    throw new Error(`App ${name} is being changed by others.`);
  }

  /**
   * Returns the person who pushed the newest commit if it is not published, `undefined` otherwise. Commits from another
   * git host are published as the person who deploys them.
   *
   * @throws NotAllowedError when this person cannot deploy any longer
   */
  async waitingPusher(place: RepositoryPlace): Promise<string | undefined> {
    const app = this.#appOf(place);
    if (!app || !(await this.#unpublished(place, app))) return undefined;
    const repository = this.find(place);
    const pusher = await this.#host.lastPusher(repository);
    return pusher === fetched
      ? this.#external?.deployers.require(repository)
      : pusher;
  }

  /** Deploys pushes to another git host with the rights of a person, who must be able to build. */
  async setDeployer(person: Person, place: RepositoryPlace): Promise<void> {
    const repository = this.find(place);
    await this.#checkMayBuild(person, place.tenant);
    if (!(await this.#external?.addressOf(repository)))
      throw new InputError(
        'The repository of this app is on the portal, which deploys pushes with the rights of the person who pushes',
      );
    await this.#external?.deployers.set(repository, person);
  }

  /** Like the function `stampOf`. */
  stampOf(place: RepositoryPlace): Promise<Stamp | undefined> {
    return stampOf(this.#host.folder(place));
  }

  /**
   * Returns the newest commit if the app does not have it yet. An app that was set back to an earlier commit stays
   * there: published commits are not published again.
   */
  async #unpublished(
    place: RepositoryPlace,
    { metadata, spec }: App,
  ): Promise<string | undefined> {
    const repository = this.find(place);
    if (!(await this.#host.exists(repository))) return undefined;
    const head = await this.#host.head(repository);
    if (spec.source.revision === head) return undefined;
    const published =
      metadata.annotations?.[annotations.published] ??
      (await this.#host.published(repository));
    return published === head ? undefined : head;
  }

  #appOf({ name, tenant }: RepositoryPlace): App | undefined {
    return this.#kubernetes.lists.apps.get(name, homeNamespace(tenant));
  }

  /** Asks the API server, so that the git host has the rules of Kubernetes. */
  async #checkMayBuild(person: Person, tenant: string): Promise<void> {
    await this.#kubernetes
      .as(person)
      .resource(coreKinds.configMaps)
      .create(
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'may-build', namespace: homeNamespace(tenant) },
        },
        { dryRun: true },
      );
  }

  async #view(
    repository: RepositoryRef,
    commit: string,
  ): Promise<RepositoryView> {
    const name = `${repository.tenant}/${repository.name}`;
    const address = await this.#external?.addressOf(repository);
    const host = address && (await this.#external?.view(repository, address));
    return {
      name,
      cloneUrl: address ?? `${this.#config.publicUrl}/git/${name}.git`,
      commit,
      ...(host && { host }),
    };
  }
}

/** @throws any error but that of a version that has changed */
function retryConflict(error: unknown): false {
  if (isConflict(error)) return false;
  throw error;
}

function digestOf(content: Buffer | string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function authorOf({ user }: Person): Author {
  const name = user.replace(/^user:[^/]+\//, '');
  return { name, email: `${name}@users.noreply.bailiwick.dev` };
}
