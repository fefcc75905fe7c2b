import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import {
  apiVersion,
  homeNamespace,
  isWanted,
  workspaceKind,
  workspaceName,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  amountToNumber,
  openDrafts,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  NewWorkspace,
  WorkspaceOptions,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';

/** Creates, starts, stops and deletes workspaces, as the signed-in person. */
export class WorkspaceService {
  readonly #kubernetes: KubernetesService;

  constructor(options: { kubernetes: KubernetesService }) {
    this.#kubernetes = options.kubernetes;
  }

  /** Returns what a person can choose for a new workspace. */
  options(app: AppView): WorkspaceOptions {
    const { plans, tenants } = this.#kubernetes.lists;
    const tenant = tenants.get(app.tenant);
    const plan = plans.get(tenant?.spec.plan ?? '');
    const { cpu = '1', memory = '1Gi' } =
      plan?.spec.perEnvironment.maxContainer ?? {};
    return {
      environments: openDrafts(app, tenant).map(({ name }) => name),
      most: { cpu, memory },
    };
  }

  /**
   * Creates the workspace of a person, and starts it.
   *
   * @throws InputError for a size above the plan, or an environment without a draft
   * @throws ConflictError when the person has a workspace of this app
   */
  async create(
    person: Person,
    app: AppView,
    wanted: NewWorkspace,
  ): Promise<Workspace> {
    const { environments, most } = this.options(app);
    if (!environments.includes(wanted.environment))
      throw new InputError(
        `environment: must be one that runs the newest commit and is not protected: ${
          environments.join(', ') || 'there is none; deploy the app first'
        }`,
      );
    for (const resource of ['cpu', 'memory'] as const)
      if (amountToNumber(wanted[resource]) > amountToNumber(most[resource]))
        throw new InputError(
          `${resource}: must be at most ${most[resource]}, the maximum of the plan`,
        );
    const { name: appName, namespace } = app.metadata;
    try {
      return await this.#resource(person).create({
        apiVersion,
        kind: workspaceKind.kind,
        metadata: { name: workspaceName(appName, person.user), namespace },
        spec: {
          ...wanted,
          app: appName,
          owner: person.user,
          startedAt: now(),
        },
      });
    } catch (error) {
      if (error instanceof KubeApiError && error.reason === 'AlreadyExists')
        throw new ConflictError(
          'You already have a workspace for this app; delete it first to create another one',
        );
      throw error;
    }
  }

  /** @throws NotFoundError when the app has no such workspace */
  get(tenant: string, app: string, name: string): Workspace {
    const { workspaces } = this.#kubernetes.lists;
    const found = workspaces.get(name, homeNamespace(tenant));
    if (found?.spec.app !== app)
      throw new NotFoundError(`App "${app}" has no workspace "${name}"`);
    return found;
  }

  /** Starts a workspace again. @throws ConflictError unless it is stopped or failed */
  async start(person: Person, workspace: Workspace): Promise<void> {
    const { name, namespace } = workspace.metadata;
    // A workspace that cannot start, such as in a suspended tenant, is still wanted.
    if (isWanted(workspace) && workspace.status?.phase !== 'Failed')
      throw new ConflictError('This workspace is running; stop it first');
    await this.#resource(person).patch(
      name,
      // Another person's clock may have been ahead.
      { spec: { startedAt: now(), stoppedAt: null as never } },
      { namespace },
    );
  }

  async stop(person: Person, { metadata }: Workspace): Promise<void> {
    const { name, namespace } = metadata;
    await this.#resource(person).patch(
      name,
      { spec: { stoppedAt: now() } },
      { namespace },
    );
  }

  /** Deletes a workspace with its files. */
  async delete(person: Person, { metadata }: Workspace): Promise<void> {
    const { name, namespace, uid } = metadata;
    await this.#resource(person).delete(name, { namespace, uid });
  }

  #resource(person: Person) {
    return this.#kubernetes.as(person).resource<Workspace>(workspaceKind);
  }
}

function now(): string {
  return new Date().toISOString();
}
