import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { openForward } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  homeNamespace,
  tenantOfHome,
  workspacePort,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  cordonRefusal,
  isPlatformEngineer,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  KubernetesService,
  PeopleService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { AppReader, CatalogSubjects } from '../authorization';
import type { WorkspacesConfig } from '../config';
import type { Publisher } from '../git/Publisher';
import type { RepositoryService } from '../git/RepositoryService';
import { refusalMessage } from '../http';
import { followRequests } from './followRequests';
import {
  createWorkspaceProxy,
  WorkspaceSessions,
  type WorkspaceAccess,
} from './proxy';
import { WorkspaceCode } from './WorkspaceCode';

/** Milliseconds after which the groups of a person are read again. */
const groupsAge = 300_000;

/** Options of {@link WorkspaceHost}. */
export interface WorkspaceHostOptions {
  apps: AppReader;
  auditor: AuditorService;
  config: WorkspacesConfig;
  kubernetes: KubernetesService;
  logger: LoggerService;
  people: PeopleService;
  publisher: Publisher;
  repositories: RepositoryService;
  subjects: CatalogSubjects;
}

/**
 * Opens workspaces in browsers: forwards their requests to the pods as the person, and commits what people publish
 * there.
 */
export class WorkspaceHost {
  readonly #options: WorkspaceHostOptions;
  readonly #proxy: ReturnType<typeof createWorkspaceProxy>;
  readonly #sessions: WorkspaceSessions;
  /** People with their present groups, by reference. */
  readonly #people = new Map<string, { person: Person; at: number }>();
  /** Ends the check whether a person has left, by reference. */
  readonly #watched = new Map<string, () => void>();
  /** By the uid of the workspace. */
  readonly #followed = new Map<string, AbortController>();

  constructor(options: WorkspaceHostOptions) {
    const { config, logger } = options;
    this.#options = options;
    this.#sessions = new WorkspaceSessions({
      mayUse: access => this.#mayUse(access),
    });
    this.#proxy = createWorkspaceProxy({
      ...config,
      log: logger,
      sessions: this.#sessions,
      connect: access => this.#connect(access),
      state: access => this.#state(access),
    });
  }

  async start(): Promise<void> {
    await this.#proxy.start();
  }

  async stop(): Promise<void> {
    this.#followed.forEach(abort => abort.abort());
    this.#watched.forEach(unwatch => unwatch());
    await this.#proxy.stop();
  }

  /**
   * Puts the code of the app into a new workspace, and returns its address for the browser.
   *
   * @throws ConflictError when the pod does not respond, or the code does not fit into a workspace
   */
  async open(person: Person, workspace: Workspace): Promise<string> {
    this.#people.set(person.user, { person, at: Date.now() });
    this.#watch(person.user);
    const access = accessOf(person, workspace);
    const code = this.#codeOf(access, workspace);
    await code.checkOut().catch((error: Error) => {
      if (error instanceof ConflictError) throw error;
      throw new ConflictError(
        `The workspace does not respond: ${refusalMessage(error)}`,
      );
    });
    this.#follow(access, code);
    const ticket = this.#sessions.issueTicket(access);
    return this.#proxy.urlFor(access.host, ticket);
  }

  /** Ends the sessions of a person who leaves. */
  #watch(user: string): void {
    if (this.#watched.has(user)) return;
    const unwatch = this.#options.people.onDeparture(user, () => {
      this.#watched.delete(user);
      this.#sessions.endInvalid();
    });
    this.#watched.set(user, unwatch);
  }

  /** Answers what the workspace asks for until the person may not use it any more. */
  #follow(access: WorkspaceAccess, code: WorkspaceCode): void {
    const { uid } = access.workspace;
    if (this.#followed.has(uid)) return;
    const abort = new AbortController();
    this.#followed.set(uid, abort);
    const isOpen = () =>
      this.#mayUse(access) && this.#state(access) !== 'stopped';
    const refresh = () => this.#refresh(access.person.user);
    followRequests({ code, isOpen, refresh, signal: abort.signal })
      .catch((error: Error) => {
        const { name, tenant } = access.workspace;
        this.#options.logger.warn(
          `Workspace ${tenant}/${name} cannot publish any more: ${error.message}`,
        );
      })
      .finally(() => this.#followed.delete(uid));
  }

  /** Reads the groups of a person again after some minutes, because people leave groups. */
  async #refresh(user: string): Promise<void> {
    const { logger, subjects } = this.#options;
    const known = this.#people.get(user);
    if (known && Date.now() - known.at < groupsAge) return;
    try {
      const person = await subjects.find(user);
      this.#people.set(user, { person, at: Date.now() });
    } catch (error) {
      logger.warn(`The groups of ${user} cannot be read: ${error}`);
    }
  }

  #personOf({ person }: WorkspaceAccess): Person {
    return this.#people.get(person.user)?.person ?? person;
  }

  #codeOf(access: WorkspaceAccess, { spec }: Workspace): WorkspaceCode {
    const { auditor, publisher, repositories } = this.#options;
    const { workspace } = access;
    return new WorkspaceCode({
      auditor,
      publisher,
      repositories,
      person: () => this.#personOf(access),
      place: { tenant: workspace.tenant, name: spec.app },
      workspace: workspace.name,
      environment: spec.environment,
      connect: () => this.#connect(access),
    });
  }

  #find({ workspace }: WorkspaceAccess): Workspace | undefined {
    const { name, tenant, uid } = workspace;
    const { workspaces } = this.#options.kubernetes.lists;
    const found = workspaces.get(name, homeNamespace(tenant));
    const isSame =
      found?.metadata.uid === uid && !found.metadata.deletionTimestamp;
    return isSame ? found : undefined;
  }

  #mayUse(access: WorkspaceAccess): boolean {
    const { apps, kubernetes } = this.#options;
    const { workspace } = access;
    const person = this.#personOf(access);
    const found = this.#find(access);
    if (found?.spec.owner !== person.user || !this.#watched.has(person.user))
      return false;
    const tenant = kubernetes.lists.tenants.get(workspace.tenant);
    const app = kubernetes.lists.apps.get(
      found.spec.app,
      homeNamespace(workspace.tenant),
    );
    const isCordoned =
      !isPlatformEngineer(person) &&
      cordonRefusal(workspace.tenant, tenant?.spec.cordon) !== undefined;
    return Boolean(app && apps.view(app, person)?.canBuild) && !isCordoned;
  }

  #state(access: WorkspaceAccess): 'running' | 'starting' | 'stopped' {
    const { phase } = this.#find(access)?.status ?? {};
    if (phase === 'Running') return 'running';
    return phase === 'Pending' || phase === 'Starting' ? 'starting' : 'stopped';
  }

  /** Opens a connection into the pod as the person. @throws ConflictError while there is none */
  async #connect(access: WorkspaceAccess): Promise<Duplex> {
    const found = this.#find(access);
    const pod = found?.status?.pod;
    if (!pod) throw new ConflictError('The workspace is not running');
    const namespace = environmentNamespace(
      access.workspace.tenant,
      found.spec.environment,
    );
    const person = this.#personOf(access);
    const client = this.#options.kubernetes.asIn(person, namespace);
    return openForward(client, { namespace, pod, port: workspacePort });
  }
}

function accessOf(
  person: Person,
  { metadata, spec }: Workspace,
): WorkspaceAccess {
  const { name, namespace = '', uid = '' } = metadata;
  const tenant = tenantOfHome(namespace) ?? '';
  return {
    person,
    workspace: { tenant, name, uid },
    host: hostLabel(spec.app, spec.owner, uid),
  };
}

/** Returns a DNS label that no other workspace has; readable, as people see it in the address. */
function hostLabel(app: string, owner: string, uid: string): string {
  const [, user] = owner.split('/');
  const readable = `${app}-${user}`.replace(/[^a-z0-9]+/g, '-').slice(0, 45);
  const hash = createHash('sha256').update(uid).digest('hex').slice(0, 12);
  return `${readable}-${hash}`.replaceAll('--', '-');
}
