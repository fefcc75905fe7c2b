import type {
  ContainerState,
  Node,
  Pod,
} from '@bailiwick/backstage-kube-controller';
import { nodeProblem } from '../../../inspection';
import type { Problem, Trouble } from './HealthReport';
import {
  assignedSince,
  conditionOf,
  isLostWithNode,
  isReady,
  unreadySince,
  runningSince,
} from './podTimes';
import { schedulingProblem } from './schedulingProblem';
import { terminationMessage } from './terminationMessage';
import { instant, thresholds } from './thresholds';

type ContainerStatus = NonNullable<
  NonNullable<Pod['status']>['containerStatuses']
>[number];
type End = NonNullable<ContainerState['terminated']>;

/** Reasons of a container that waits for its image; a retry may help. */
const imageReasons = ['ErrImagePull', 'ImagePullBackOff'];
/** Reasons for which no retry helps. */
const badImageReasons = ['InvalidImageName', 'ErrImageNeverPull'];
const configReasons = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
];
/** Exit codes of SIGKILL and SIGTERM. */
const killedCodes = [137, 143];

/** Reads from its status why a pod does not work; `undefined` when it does. */
export function podProblem(pod: Pod): Trouble | undefined {
  const { containerStatuses, phase, message } = pod.status ?? {};
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable')
    return {
      ...schedulingProblem(scheduled.message),
      at: instant(scheduled.lastTransitionTime),
      threshold: thresholds.passing,
    };
  if (phase === 'Failed')
    return {
      why: `The pod was terminated: ${firstSentence(message)}.`,
      next: 'Check the events.',
      threshold: 0,
    };
  for (const container of containerStatuses ?? []) {
    const problem = container.ready
      ? undefined
      : containerProblem(pod, container);
    if (problem) return problem;
  }
  return undefined;
}

/**
 * Returns the trouble of an unready pod on a node that is not ready; `undefined` for other pods. Kubernetes calls
 * all pods of such a node unready, whether they work or not. It waited for the node already, so the trouble counts
 * at once.
 */
export function nodeTrouble(
  pod: Pod,
  node: Node | undefined,
): Trouble | undefined {
  const problem = isReady(pod) || !node ? undefined : nodeProblem(node);
  if (!problem) return undefined;
  const { isReporting, node: name, since } = problem;
  const when = since ? ` (noticed at ${since.slice(11, 19)} UTC)` : '';
  return {
    why: `Node ${name} ${
      isReporting ? 'is not ready' : 'is not reporting'
    }${when}; the state of its pods is unknown.`,
    next: 'Wait: after five minutes the pods move to another node, if available. Otherwise contact the platform team.',
    threshold: 0,
    isOutOfSight: true,
  };
}

/** Returns the trouble of an unready pod without any other known problem. */
export function unresponsiveTrouble(pod: Pod): Trouble {
  const started = runningSince(pod);
  if (started === undefined)
    return {
      why: 'The pod is not starting.',
      next: 'Check the events.',
      at: instant(pod.metadata.creationTimestamp),
      threshold: thresholds.start,
    };
  const lost = unreadySince(pod);
  return lost !== undefined && lost >= started
    ? {
        why: 'The pod is running but no longer ready.',
        next: 'Check the log, or restart the app.',
        at: lost,
        threshold: thresholds.passing,
      }
    : {
        why: 'The pod is running but does not become ready.',
        next: 'Check the log. Loading the code takes too long or is blocked.',
        at: started,
        threshold: thresholds.start,
      };
}

function containerProblem(
  pod: Pod,
  container: ContainerStatus,
): Trouble | undefined {
  const { waiting } = container.state ?? {};
  const { reason = '' } = waiting ?? {};
  if ([...imageReasons, ...badImageReasons].includes(reason)) {
    return {
      why: `The runtime image ${imageOf(pod)} can't be pulled.`,
      next: 'Ask the platform team to provide the image.',
      at: assignedSince(pod),
      threshold: imageReasons.includes(reason) ? thresholds.passing : 0,
    };
  }
  if (configReasons.includes(reason)) {
    return {
      why: `The pod can't be started: ${firstSentence(waiting?.message)}.`,
      next: 'Check the events.',
      at: assignedSince(pod),
      threshold: thresholds.passing,
    };
  }
  return crashTrouble(pod, container);
}

/** A single crash may resolve by the restart; a crash loop lasts until the code changes. */
function crashTrouble(
  pod: Pod,
  { lastState, restartCount, state = {} }: ContainerStatus,
): Trouble | undefined {
  const end = state.terminated ?? lastState?.terminated;
  if (!end) return undefined;
  const started = instant(state.running?.startedAt);
  // The container was ready after the crash, so its present problem is another one.
  if (started !== undefined && (unreadySince(pod) ?? 0) > started)
    return undefined;
  const isLost = isLostWithNode(end);
  // It runs again, and its previous end is irrelevant.
  if (isLost && started !== undefined) return undefined;
  const crashes = restartCount + (state.terminated ? 1 : 0);
  const isLoop =
    !isLost &&
    (state.waiting?.reason === 'CrashLoopBackOff' ||
      (crashes > 1 && lifetimeOf(end) < thresholds.crash));
  return {
    ...(killedCodes.includes(end.exitCode) &&
    end.reason !== 'OOMKilled' &&
    !isLost
      ? killed(end)
      : crashProblem(end)),
    at: instant(end.finishedAt),
    threshold: isLoop ? 0 : thresholds.start,
    isNotable: true,
  };
}

function killed({ exitCode }: End): Problem {
  return {
    why: `The app was killed because it was not responding (exit code ${exitCode}).`,
    next: 'Check the log.',
  };
}

/** Explains why a container terminated. */
export function crashProblem(end: End): Problem {
  const { exitCode, message, reason } = end;
  if (isLostWithNode(end))
    return {
      why: 'The node or its container runtime stopped while the app was running.',
      next: 'Wait for a restart. If the app does not restart, contact the platform team.',
    };
  if (reason === 'OOMKilled') {
    return {
      why: 'The app exceeded its memory limit.',
      next: 'Process less data at a time, or request a plan with larger containers.',
    };
  }
  const words = terminationMessage(message);
  const when = lifetimeOf(end) < thresholds.start ? 'right after start ' : '';
  return {
    why: `The app exited ${when}(exit code ${exitCode})${
      words ? `: ${words}` : '.'
    }`,
    next: 'Check the log, correct the code and push.',
  };
}

/** Returns the milliseconds that a container ran; 0 when unknown. */
function lifetimeOf({ finishedAt, startedAt }: End): number {
  const [from, to] = [startedAt, finishedAt].map(instant);
  return from !== undefined && to !== undefined ? to - from : 0;
}

function imageOf({ spec }: Pod): string {
  return spec?.containers[0]?.image ?? '';
}

function firstSentence(text = 'no reason reported'): string {
  return text
    .split(/\.\s|\n/)[0]
    .replace(/\.$/, '')
    .slice(0, 300);
}
