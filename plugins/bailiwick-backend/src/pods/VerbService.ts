import { ConflictError, InputError } from '@backstage/errors';
import { KubeApiError, type Pod } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  findArchetype,
  type App,
  type Person,
  type VerbOutcome,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type {
  KubernetesService,
  PodQuestion,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { AppService } from '../apps';
import { environmentOf } from '../apps/environmentOf';
import { changeEnvironments } from '../releases';
import type { Place } from './OperationService';
import { readyPods, runtimePort } from './readyPods';

/** Pods that are asked at the same time. */
const atOnce = 8;
/** Milliseconds for the way to a pod and back, beyond the longest time of a call. */
const way = 20_000;

/** Carries out the verbs of running apps, in each of their pods. */
export class VerbService {
  readonly #apps: AppService;
  readonly #kubernetes: KubernetesService;

  constructor(options: { apps: AppService; kubernetes: KubernetesService }) {
    this.#apps = options.apps;
    this.#kubernetes = options.kubernetes;
  }

  /**
   * Carries out a verb in each pod that answers; the result tells of each.
   *
   * Pods are asked as the portal, and only after the API server has agreed to a restart by this person, as a
   * trial: who may not restart what runs there may not tell it what to do, either.
   *
   * @throws NotFoundError when there is no such app for the person
   * @throws InputError when it does not run there, or has no such verb
   * @throws ConflictError while it is paused or no pod answers
   */
  async act(
    person: Person,
    place: Place,
    verb: string,
    body: Record<string, unknown>,
  ): Promise<VerbOutcome> {
    const { app: name, environment, tenant } = place;
    const app = this.#apps.get(person, tenant, name);
    const { suspended } = environmentOf(app, environment);
    if (suspended)
      throw new ConflictError(
        `The app "${name}" is paused in ${environment}; resume it first`,
      );
    const state = app.status?.environments?.find(
      one => one.name === environment,
    );
    const verbs = (state?.contract?.verbs ?? []).map(one => one.name);
    if (!verbs.includes(verb))
      throw new InputError(
        `The app "${name}" has no verb "${verb}" in ${environment}; it has ${
          verbs.join(', ') || 'none'
        }`,
      );
    const restartedAt = new Date().toISOString();
    await changeEnvironments(
      this.#kubernetes.as(person),
      app,
      ({ environments }) =>
        environments.map(one =>
          one.name === environment ? { ...one, restartedAt } : one,
        ),
      { dryRun: true },
    );
    const namespace = environmentNamespace(tenant, environment);
    const pods = readyPods(this.#kubernetes.lists.pods.list(), namespace, name);
    if (pods.length === 0)
      throw new ConflictError(
        `No pod of "${name}" answers in ${environment}; look at why first`,
      );
    const told: VerbOutcome['pods'] = [];
    const timeout = this.#longest(app) + way;
    for (let at = 0; at < pods.length; at += atOnce) {
      const some = pods.slice(at, at + atOnce);
      told.push(
        ...(await Promise.all(
          some.map(pod => this.#tell(pod, verb, { body, timeout })),
        )),
      );
    }
    const refusals = told.flatMap(({ refusal }) => refusal ?? []);
    if (refusals.length === told.length)
      throw new ConflictError(`No pod did it: ${refusals[0]}`);
    return { verb, pods: told };
  }

  /** Milliseconds that a call of an app may take. */
  #longest(app: App): number {
    const { packs } = this.#kubernetes.lists;
    const { archetype, pack } = findArchetype(packs, app.spec.archetype);
    const runtime = pack?.spec.runtimes.find(
      ({ name }) => name === archetype?.runtime,
    );
    return (runtime?.limits.seconds ?? 30) * 1000;
  }

  async #tell(
    { metadata: { name, namespace = '' } }: Pod,
    verb: string,
    question: PodQuestion,
  ): Promise<VerbOutcome['pods'][number]> {
    try {
      const answer = await this.#kubernetes.askPod<{ message?: string }>(
        { namespace, name, port: runtimePort },
        `/verb/${encodeURIComponent(verb)}`,
        question,
      );
      return { pod: name, message: String(answer.message ?? '') };
    } catch (error) {
      return { pod: name, refusal: wordsOf(error as Error) };
    }
  }
}

/** What a pod says of a verb that came to nothing, in its own words if it has some. */
function wordsOf(error: Error): string {
  if (error instanceof KubeApiError)
    try {
      const { id, message } = JSON.parse(error.body).error;
      if (typeof message === 'string')
        return id ? `${message} (${id})` : message;
    } catch {
      // Not the answer of a runtime.
    }
  return error.message;
}
