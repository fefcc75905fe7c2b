import type { Pod } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  labels,
  type App,
  type AppEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { appIndexKey, type Caches } from '../cache';
import {
  isReady,
  readHealth,
  type HealthReport,
  type PodQuestions,
  type Problem,
} from './health';
import { previousState, type EnvironmentState } from './status';
import type { Obstacle, Place } from './Workload';

/** Milliseconds after which a pod that runs and is not ready is asked why, and asked again. */
const patience = 5000;
/** Unready pods that are asked; the others are most likely unready for the same reasons. */
const askedPods = 2;
/** Milliseconds within which all pods of an environment must have answered. */
const answerTime = 5000;
/** Milliseconds after which a pod that gave no contract is asked again. */
const contractInterval = 15_000;

/** What is seen of an environment. */
export interface Sight {
  state: EnvironmentState;
  pods: Pod[];
  /** Milliseconds after which to look again without an event. */
  lookAgain?: number;
}

/** Looks at what runs in an environment and how it is doing. */
export async function observeEnvironment(
  caches: Caches,
  questions: PodQuestions,
  app: App,
  environment: AppEnvironment,
  {
    place,
    suspension,
    obstacle,
    now,
    signal: outer,
  }: {
    place: Place;
    suspension?: HealthReport;
    obstacle: Obstacle | undefined;
    now: Date;
    signal: AbortSignal;
  },
): Promise<Sight> {
  const signal = AbortSignal.any([outer, AbortSignal.timeout(answerTime)]);
  const pods = podsOf(caches, place);
  const deployment = caches.deployments.get(place.app, place.namespace);
  const { answers, lookAgain } = await askUnready(questions, pods, now, signal);
  const report = readHealth({ deployment, pods, answers });
  const ready = pods.filter(isReady);
  const running = await readRunning(questions, app, environment, ready, signal);
  const state: EnvironmentState = {
    name: environment.name,
    ...(obstacle ? hindered(obstacle, ready.length) : report),
    ...(report.health === 'Healthy' && !obstacle && outOfReach(running)),
    ...(!obstacle && suspension),
    ...running.state,
    pods: { ready: ready.length, desired: deployment?.spec?.replicas ?? 0 },
  };
  return {
    state,
    pods,
    lookAgain: running.isComplete
      ? lookAgain
      : Math.max(contractInterval, ...ready.map(pod => questions.waitFor(pod))),
  };
}

function podsOf({ pods }: Caches, { tenant, app, namespace }: Place): Pod[] {
  return pods
    .index('app', appIndexKey(tenant, app))
    .filter(
      ({ metadata }) =>
        metadata.namespace === namespace && !metadata.deletionTimestamp,
    );
}

function hindered(
  { health, meanwhile = 'Older pods still answer.', next, why }: Obstacle,
  ready: number,
): HealthReport {
  return ready > 0
    ? { health: 'Degraded', why: `${meanwhile} ${why}`, next }
    : { health, why, next };
}

/** Pods that work and cannot be asked serve nobody who does not know their functions already. */
function outOfReach({ problem, state }: Running) {
  return problem && !state.contract
    ? { health: 'Degraded' as const, ...problem }
    : undefined;
}

async function askUnready(
  questions: PodQuestions,
  pods: Pod[],
  now: Date,
  signal: AbortSignal,
): Promise<{ answers: Map<string, Problem>; lookAgain?: number }> {
  const answers = new Map<string, Problem>();
  let lookAgain: number | undefined;
  const ask = async (pod: Pod) => {
    const startedAt =
      pod.status?.containerStatuses?.[0]?.state?.running?.startedAt;
    if (!startedAt) return;
    const remaining =
      patience - (now.getTime() - new Date(startedAt).getTime());
    const problem =
      remaining > 0 ? undefined : await questions.whyUnready(pod, signal);
    if (problem) answers.set(pod.metadata.uid ?? '', problem);
    else {
      const wait = remaining > 0 ? remaining : questions.waitFor(pod);
      lookAgain = Math.max(wait, lookAgain ?? 0) || patience;
    }
  };
  const unready = youngestFirst(pods.filter(one => !isReady(one)));
  await Promise.all(unready.slice(0, askedPods).map(ask));
  return { answers, lookAgain };
}

interface Running {
  state: Partial<EnvironmentState>;
  isComplete: boolean;
  /** Why the contract could not be read. */
  problem?: Problem;
}

/** Which code answers, and its contract; read anew only when other code answers than before. */
async function readRunning(
  questions: PodQuestions,
  app: App,
  environment: AppEnvironment,
  ready: Pod[],
  signal: AbortSignal,
): Promise<Running> {
  const previous = previousState(app, environment.name);
  const [pod] = youngestFirst(ready);
  const release = environment.release;
  if (!pod)
    return {
      state: { release, contract: previous?.contract },
      isComplete: true,
    };
  const digest = pod.metadata.annotations?.[annotations.bundleDigest];
  const isKnown =
    previous?.contract !== undefined && previous.digest === digest;
  const { contract, problem } = isKnown
    ? { contract: previous.contract, problem: undefined }
    : await questions.contract(pod, signal);
  return {
    state: {
      release,
      revision: pod.metadata.labels?.[labels.commit],
      digest,
      contract,
    },
    isComplete: contract !== undefined,
    problem,
  };
}

function youngestFirst(pods: Pod[]): Pod[] {
  return [...pods].sort((a, b) => birthOf(b).localeCompare(birthOf(a)));
}

function birthOf({ metadata }: Pod): string {
  return metadata.creationTimestamp ?? '';
}
