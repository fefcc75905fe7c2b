import type { Pod } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  labels,
  type App,
  type AppEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { notDeleting } from '../../apply';
import {
  instanceObjects,
  nodeOf,
  type Caches,
  type AppInstance,
} from '../../cache';
import type { EnvironmentState } from '../../placement';
import {
  blockedHealth,
  isReady,
  thresholds,
  readHealth,
  readySince,
  remaining,
  withinQuota,
  youngestFirst,
  type HealthReport,
  type HealthCheckState,
  type PodProber,
  type Problem,
} from './health';
import { previousState } from './status';
import type { Obstacle } from './workload';

/** Milliseconds after which a running pod that is not ready is probed, and between probes. */
const askDelay = 5000;
/** Maximum number of unready pods that are probed; the others likely have the same problem. */
const maxAskedPods = 2;
/** Timeout of all probes of an environment, milliseconds. */
const answerTimeout = 5000;
/** Milliseconds between attempts to read a contract. */
const contractInterval = 15_000;

/** Observed state of an environment. */
export interface Observation {
  state: EnvironmentState;
  pods: Pod[];
  /** Milliseconds until the next check without an event. */
  recheckAfter?: number;
}

/** Observes the pods and the health of an app in an environment. */
export async function observeEnvironment(
  caches: Caches,
  prober: PodProber,
  app: App,
  environment: AppEnvironment,
  {
    instance,
    suspension,
    idle,
    obstacle,
    min,
    note,
    now,
    signal: outer,
  }: {
    instance: AppInstance;
    suspension?: HealthReport;
    /** Health of an app that is scaled to zero. */
    idle?: HealthReport;
    obstacle: Obstacle | undefined;
    /** Minimum number of pods, if their number varies. */
    min?: number;
    /** Note about healthy pods. */
    note?: HealthReport;
    now: Date;
    signal: AbortSignal;
  },
): Promise<Observation> {
  const signal = AbortSignal.any([outer, AbortSignal.timeout(answerTimeout)]);
  const all = instanceObjects(caches.pods, instance);
  const pods = notDeleting(all);
  const deployment = caches.deployments.get(instance.app, instance.namespace);
  const room = withinQuota(deployment, min);
  const { answers, recheckAfter } = await askUnready(prober, pods, now, signal);
  const ready = pods.filter(isReady);
  const before = previousState(app, environment.name);
  const reading = obstacle
    ? blockedHealth(obstacle, ready.length, before, now)
    : readHealth(
        {
          deployment: room.deployment,
          min,
          pods,
          leaving: all.filter(pod => pod.metadata.deletionTimestamp),
          answers,
          nodeOf: pod => nodeOf(caches, pod),
        },
        before,
        now,
      );
  const { report } = reading;
  const running = await readRunning(prober, app, environment, ready, {
    now,
    signal,
  });
  const more =
    unreachableReport(running, ready, now) ??
    running.healthChecks.report ??
    room.note ??
    note;
  // The flapping message must be kept, as it is the only record of flapping.
  const isMoot =
    more?.health === 'Healthy' && reading.recheckAfter !== undefined;
  const state: EnvironmentState = {
    name: environment.name,
    ...report,
    ...(report.health === 'Healthy' && !isMoot && more),
    ...(!obstacle && (suspension ?? idle)),
    ...running.state,
    checks: running.healthChecks.checks,
    // A pod that failed before may remain.
    ...(idle && ready.length === 0 && codeOf(before)),
    pods: { ready: ready.length, desired: deployment?.spec?.replicas ?? 0 },
  };
  const askAgain = running.isComplete
    ? recheckAfter
    : Math.max(contractInterval, ...ready.map(pod => prober.waitFor(pod)));
  return {
    state,
    pods,
    recheckAfter: soonest(
      askAgain,
      reading.recheckAfter,
      running.healthChecks.recheckAfter,
    ),
  };
}

/** The code that the next pod of an app will run. */
function codeOf(before: EnvironmentState | undefined) {
  const { checks, digest, revision } = before ?? {};
  return { checks, digest, revision };
}

/** Returns the shortest of several waits, as far as they are known. */
export function soonest(...waits: (number | undefined)[]): number | undefined {
  const known = waits.flatMap(wait => wait ?? []);
  return known.length > 0 ? Math.min(...known) : undefined;
}

/** Ready pods without a readable contract are of no use to new callers. */
function unreachableReport(
  { problem, state }: Running,
  ready: Pod[],
  now: Date,
): HealthReport | undefined {
  if (!problem || state.contract) return undefined;
  const [pod] = youngestFirst(ready);
  return remaining(readySince(pod), thresholds.passing, now) > 0
    ? {
        health: 'Progressing',
        why: 'Starting: reading the contract of the functions.',
        next: '',
      }
    : { health: 'Degraded', ...problem };
}

async function askUnready(
  prober: PodProber,
  pods: Pod[],
  now: Date,
  signal: AbortSignal,
): Promise<{ answers: Map<string, Problem>; recheckAfter?: number }> {
  const answers = new Map<string, Problem>();
  let recheckAfter: number | undefined;
  const ask = async (pod: Pod) => {
    const startedAt =
      pod.status?.containerStatuses?.[0]?.state?.running?.startedAt;
    if (!startedAt) return;
    const left = askDelay - (now.getTime() - new Date(startedAt).getTime());
    const problem = left > 0 ? undefined : await prober.whyUnready(pod, signal);
    if (problem) answers.set(pod.metadata.uid ?? '', problem);
    else {
      const wait = left > 0 ? left : prober.waitFor(pod);
      recheckAfter = Math.max(wait, recheckAfter ?? 0) || askDelay;
    }
  };
  const unready = youngestFirst(pods.filter(one => !isReady(one)));
  await Promise.all(unready.slice(0, maxAskedPods).map(ask));
  return { answers, recheckAfter };
}

interface Running {
  state: Partial<EnvironmentState>;
  isComplete: boolean;
  /** Why the contract could not be read. */
  problem?: Problem;
  /** Results of the app's health checks. */
  healthChecks: HealthCheckState;
}

/** Reads which code is running and its contract; the contract is read once for each digest. */
async function readRunning(
  prober: PodProber,
  app: App,
  environment: AppEnvironment,
  ready: Pod[],
  { now, signal }: { now: Date; signal: AbortSignal },
): Promise<Running> {
  const previous = previousState(app, environment.name);
  const [pod] = youngestFirst(ready);
  const release = environment.release;
  if (!pod)
    return {
      state: { release, contract: previous?.contract },
      isComplete: true,
      healthChecks: {},
    };
  const digest = pod.metadata.annotations?.[annotations.bundleDigest];
  const isKnown =
    previous?.contract !== undefined && previous.digest === digest;
  const { contract, problem } = isKnown
    ? { contract: previous.contract, problem: undefined }
    : await prober.contract(pod, signal);
  return {
    state: {
      release,
      revision: pod.metadata.labels?.[labels.commit],
      digest,
      contract,
    },
    isComplete: contract !== undefined,
    problem,
    healthChecks: contract
      ? await prober.healthChecks.poll(
          pod,
          contract,
          isKnown ? previous?.checks : [],
          now,
          signal,
        )
      : {},
  };
}
