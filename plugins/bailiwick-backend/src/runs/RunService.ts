import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  apiVersion,
  homeNamespace,
  runKind,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  findArchetype,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { randomBytes } from 'node:crypto';
import type { AppReader } from '../authorization';
import { environmentOf } from '../environments';

/** Starts, finds and cancels runs of apps, as the signed-in person. */
export class RunService {
  readonly #apps: AppReader;
  readonly #kubernetes: KubernetesService;

  constructor(options: { apps: AppReader; kubernetes: KubernetesService }) {
    this.#apps = options.apps;
    this.#kubernetes = options.kubernetes;
  }

  /**
   * @throws NotFoundError when there is no such app for the person
   * @throws InputError when it does not run there, or has nothing that runs
   */
  async start(
    person: Person,
    tenant: string,
    appName: string,
    {
      environment,
      parameters,
    }: { environment: string; parameters: Record<string, unknown> },
  ): Promise<Run> {
    const app = this.#apps.get(person, tenant, appName);
    environmentOf(app, environment);
    const { metadata, spec } = app;
    const { packs } = this.#kubernetes.lists;
    const { archetype } = findArchetype(packs, spec.archetype);
    if (!archetype?.run)
      throw new InputError(
        `App "${appName}" serves calls and has no steps to run; call its functions instead`,
      );
    return this.#resource(person).create({
      apiVersion,
      kind: runKind.kind,
      metadata: {
        name: `${appName}-${randomBytes(4).toString('hex')}`,
        namespace: metadata.namespace,
      },
      spec: {
        app: appName,
        environment,
        trigger: 'person',
        requestedBy: person.user,
        parameters,
      },
    });
  }

  /** @throws NotFoundError when there is no such run for the person */
  get(person: Person, tenant: string, app: string, name: string): Run {
    this.#apps.get(person, tenant, app);
    const run = this.#kubernetes.lists.runs.get(name, homeNamespace(tenant));
    if (run?.spec.app !== app)
      throw new NotFoundError(`App "${app}" has no run "${name}"`);
    return run;
  }

  /** @throws NotFoundError as {@link RunService.get}, ConflictError when it has ended */
  async cancel(
    person: Person,
    tenant: string,
    app: string,
    name: string,
  ): Promise<Run> {
    const { metadata, status } = this.get(person, tenant, app, name);
    if (status?.finishedAt)
      throw new ConflictError(`Run "${name}" has already ended`);
    return this.#resource(person).patch(
      name,
      { spec: { cancelled: true } },
      { namespace: metadata.namespace },
    );
  }

  #resource(person: Person) {
    return this.#kubernetes.as(person).resource<Run>(runKind);
  }
}
