import { ConflictError, InputError } from '@backstage/errors';
import type {
  App,
  AppEnvironment,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  containerRequests,
  findArchetype,
  givesAddresses,
  quotaProblem,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  EnvironmentPlace,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { AppReader } from '../authorization';
import { changeEnvironment, environmentOf } from '../environments';

/** Wanted number of pods. */
type Scale = NonNullable<AppEnvironment['replicas']> & {
  /** Minutes without calls after which no pod runs; `null` to keep pods running, and unchanged if absent. */
  scaleToZeroMinutes?: number | null;
};

/** Restarts, pauses, resumes and scales apps, sets how their releases are deployed, and gives them addresses, as the signed-in person. */
export class OperationService {
  readonly #apps: AppReader;
  readonly #kubernetes: KubernetesService;

  constructor(options: { apps: AppReader; kubernetes: KubernetesService }) {
    this.#apps = options.apps;
    this.#kubernetes = options.kubernetes;
  }

  /**
   * Replaces the pods of an app one after another, so that callers notice nothing.
   *
   * @throws NotFoundError when there is no such app for the person
   * @throws InputError when it does not run there
   * @throws ConflictError while it is paused
   */
  async restart(person: Person, place: EnvironmentPlace): Promise<AppView> {
    const { environment } = this.#find(person, place);
    if (environment.suspended)
      throw new ConflictError(
        `App "${place.app}" is paused in ${place.environment}; resume it instead, which starts new pods`,
      );
    const restartedAt = new Date().toISOString();
    return this.#change(person, place, now => ({ ...now, restartedAt }));
  }

  /**
   * Stops all pods of an app and keeps everything else, or starts them again.
   *
   * @throws NotFoundError, InputError as {@link OperationService.restart}
   * @throws ConflictError when the app is in this state already, or there is no room for its pods
   */
  async suspend(
    person: Person,
    place: EnvironmentPlace,
    suspended: boolean,
  ): Promise<AppView> {
    const { app, environment, tenant } = this.#find(person, place);
    if ((environment.suspended ?? false) === suspended)
      throw new ConflictError(
        `App "${place.app}" ${suspended ? 'is already' : 'is not'} paused in ${
          place.environment
        }`,
      );
    if (!suspended)
      this.#checkRoom(tenant, app, environment, environment.replicas?.min ?? 1);
    return this.#change(person, place, ({ suspended: _before, ...now }) => ({
      ...now,
      ...(suspended && { suspended }),
    }));
  }

  /**
   * Sets the number of pods; between two different numbers, the operator scales by concurrent calls. After some minutes without calls,
   * none runs if the app may be scaled to zero.
   *
   * @throws NotFoundError, InputError as {@link OperationService.restart}, or when the app cannot have more than one
   * @throws ConflictError when there is no room for so many
   */
  async scale(
    person: Person,
    place: EnvironmentPlace,
    { scaleToZeroMinutes, ...replicas }: Scale,
  ): Promise<AppView> {
    const { app, environment, tenant } = this.#find(person, place);
    const { packs } = this.#kubernetes.lists;
    const { archetype } = findArchetype(packs, app.spec.archetype);
    if (archetype?.consume)
      throw new InputError(
        `App "${place.app}" consumes messages and is limited to one pod`,
      );
    const { environments } = tenant.spec;
    const isProtected = environments.some(
      one => one.name === place.environment && one.protected,
    );
    if (scaleToZeroMinutes && isProtected)
      throw new InputError(
        `Environment "${place.environment}" is protected, where apps are not scaled to zero`,
      );
    if (!environment.suspended)
      this.#checkRoom(tenant, app, environment, replicas.max);
    return this.#change(person, place, now => {
      const { scaleToZeroMinutes: before, ...rest } = now;
      const minutes =
        scaleToZeroMinutes === undefined ? before : scaleToZeroMinutes;
      return {
        ...rest,
        replicas,
        ...(minutes && { scaleToZeroMinutes: minutes }),
      };
    });
  }

  /**
   * Lets each new release of an app get some of the calls first; `null` to deploy releases at once.
   *
   * @throws NotFoundError, InputError as {@link OperationService.restart}, or when the app can have no canary
   */
  async setCanary(
    person: Person,
    place: EnvironmentPlace,
    canary: AppEnvironment['canary'] | null,
  ): Promise<AppView> {
    const { app } = this.#find(person, place);
    const { packs } = this.#kubernetes.lists;
    const { archetype } = findArchetype(packs, app.spec.archetype);
    if (canary && (archetype?.consume || archetype?.run))
      throw new InputError(
        `App "${place.app}" stores results, which two releases cannot share; its releases are deployed at once`,
      );
    return this.#change(person, place, ({ canary: _before, ...now }) => ({
      ...now,
      ...(canary && { canary }),
    }));
  }

  /** Whether the cluster in which Bailiwick runs gives apps addresses of their own. */
  get hasAddresses(): boolean {
    return this.#kubernetes.lists.clusters.list().some(givesAddresses);
  }

  /**
   * Gives an app an address of its own, or removes it.
   *
   * @throws NotFoundError, InputError as {@link OperationService.restart}
   * @throws ConflictError when the cluster has no networking profile
   */
  async setAddress(
    person: Person,
    place: EnvironmentPlace,
    address: boolean,
  ): Promise<AppView> {
    if (address && !this.hasAddresses)
      throw new ConflictError(
        'The cluster gives apps no own addresses. Ask the platform team to choose a networking profile',
      );
    return this.#change(person, place, ({ address: _before, ...now }) => ({
      ...now,
      ...(address && { address }),
    }));
  }

  async #change(
    person: Person,
    { app, environment, tenant }: EnvironmentPlace,
    change: (now: AppEnvironment) => AppEnvironment,
  ): Promise<AppView> {
    const changed = await changeEnvironment(
      this.#kubernetes.as(person),
      this.#apps.get(person, tenant, app),
      environment,
      change,
    );
    return this.#apps.view(changed, person)!;
  }

  /** Returns the object of a change, as the portal knows it. */
  #find(person: Person, place: EnvironmentPlace) {
    const app = this.#apps.get(person, place.tenant, place.app);
    const environment = environmentOf(app, place.environment);
    return {
      app,
      environment,
      tenant: this.#apps.tenant(person, place.tenant),
    };
  }

  /** Predicts the decision of the quota, if all numbers are known. */
  #checkRoom(
    { spec, status }: Tenant,
    app: App,
    { name }: AppEnvironment,
    most: number,
  ): void {
    const place = status?.environments?.find(one => one.name === name);
    const { packs, plans } = this.#kubernetes.lists;
    const plan = plans.get(spec.plan);
    const { archetype, pack } = findArchetype(packs, app.spec.archetype);
    const runtime = pack?.spec.runtimes.find(
      one => one.name === archetype?.runtime,
    );
    if (!place?.used || !place.limit || !plan || !runtime) return;
    const { defaultContainer } = plan.spec.perEnvironment;
    const now =
      app.status?.environments?.find(one => one.name === name)?.pods.desired ??
      0;
    const problem = quotaProblem(
      name,
      { used: place.used, limit: place.limit },
      containerRequests(runtime.limits, defaultContainer),
      Math.max(0, most - now),
    );
    if (problem) throw new ConflictError(problem);
  }
}
