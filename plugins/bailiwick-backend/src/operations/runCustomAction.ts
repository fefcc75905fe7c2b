import { ConflictError, InputError } from '@backstage/errors';
import type { Pod } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  runtimePort,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  findArchetype,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  EnvironmentPlace,
  VerbOutcome,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type {
  KubernetesService,
  PodCallOptions,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { AppReader } from '../authorization';
import { changeEnvironment, environmentOf } from '../environments';
import { readyPods } from '../pods';
import {
  failureOfAll,
  failureOfPod,
  type ActionAttempt,
} from './actionAttempt';

/** Pods that are called at the same time. */
const atOnce = 8;
/** Milliseconds of network time beyond the time limit of a call. */
const overhead = 20_000;

/**
 * Runs an action in each ready pod of an app; the result lists the outcome of each pod.
 *
 * The portal calls pods under its own identity, so it first sends a dry-run restart to the API server as the person:
 * people who cannot restart an app cannot run its actions either.
 *
 * @throws NotFoundError when there is no such app for the person
 * @throws InputError when it does not run there, has no such action, or rejects the parameters
 * @throws ConflictError while it is paused, no pod is ready, or the action fails in all pods
 */
export async function runCustomAction(
  { apps, kubernetes }: { apps: AppReader; kubernetes: KubernetesService },
  person: Person,
  { app: name, environment, tenant }: EnvironmentPlace,
  action: string,
  body: Record<string, unknown>,
): Promise<VerbOutcome> {
  const app = apps.get(person, tenant, name);
  const { suspended } = environmentOf(app, environment);
  if (suspended)
    throw new ConflictError(
      `App "${name}" is paused in ${environment}; resume it first`,
    );
  const state = app.status?.environments?.find(one => one.name === environment);
  const actions = (state?.contract?.verbs ?? []).map(one => one.name);
  if (!actions.includes(action))
    throw new InputError(
      `App "${name}" has no custom action "${action}" in ${environment}; available: ${
        actions.join(', ') || 'none'
      }`,
    );
  const restartedAt = new Date().toISOString();
  await changeEnvironment(
    kubernetes.as(person),
    app,
    environment,
    one => ({ ...one, restartedAt }),
    { dryRun: true },
  );
  const { lists } = kubernetes;
  const namespace = environmentNamespace(tenant, environment);
  const pods = readyPods(lists.pods.list(), namespace, name);
  if (pods.length === 0)
    throw new ConflictError(
      `No pod of "${name}" is ready in ${environment}; check the health of the app`,
    );
  const attempts: ActionAttempt[] = [];
  const { archetype, pack } = findArchetype(lists.packs, app.spec.archetype);
  const runtime = pack?.spec.runtimes.find(
    one => one.name === archetype?.runtime,
  );
  const timeout = (runtime?.limits.seconds ?? 30) * 1000 + overhead;
  for (let at = 0; at < pods.length; at += atOnce) {
    const calls = pods
      .slice(at, at + atOnce)
      .map(pod => callPod(kubernetes, pod, action, { body, timeout }));
    attempts.push(...(await Promise.all(calls)));
  }
  const failure = failureOfAll(attempts);
  if (failure) throw failure;
  const outcomes = attempts.map(({ status: _status, ...outcome }) => outcome);
  return { verb: action, pods: outcomes };
}

async function callPod(
  kubernetes: KubernetesService,
  { metadata: { name, namespace = '' } }: Pod,
  action: string,
  question: PodCallOptions,
): Promise<ActionAttempt> {
  try {
    const answer = await kubernetes.callPod<{ message?: string }>(
      { namespace, name, port: runtimePort },
      `/verb/${encodeURIComponent(action)}`,
      question,
    );
    return { pod: name, message: String(answer.message ?? '') };
  } catch (error) {
    return { pod: name, ...failureOfPod(error as Error) };
  }
}
