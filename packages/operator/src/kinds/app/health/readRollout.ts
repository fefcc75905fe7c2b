import type {
  Deployment,
  Node,
  Pod,
} from '@bailiwick/backstage-kube-controller';
import { currentPods, matchesTemplate } from './currentPods';
import type { Problem, Trouble } from './HealthReport';
import { nodeTrouble, podProblem, unresponsiveTrouble } from './podProblem';
import { podRefusal } from './podRefusal';
import { isReady } from './podTimes';
import { readRefusal } from './readRefusal';
import { instant, thresholds } from './thresholds';

/** Observed objects from which the health of an environment is derived. */
export interface HealthInputs {
  deployment: Deployment | undefined;
  /** Minimum number of pods, if their number varies. */
  min?: number;
  /** Pods that are not being deleted. */
  pods: Pod[];
  /** Pods that are being deleted; those on an unreachable node may still be serving. */
  leaving?: Pod[];
  /** Problems that unready pods reported, by uid. */
  answers: Map<string, Problem>;
  /** Finds the node of a pod. */
  nodeOf?: (pod: Pod) => Node | undefined;
}

/** State of a rollout. */
export interface RolloutView {
  /** Number of desired pods. */
  desired: number;
  /** Number of ready pods of any ReplicaSet. */
  ready: number;
  /** Pods of the current ReplicaSet, youngest first. */
  current: Pod[];
  /** Whether pods of an older ReplicaSet are ready. */
  hasOlder: boolean;
  /**
   * Whether exactly the desired number of pods exists, all of the current ReplicaSet, ready or
   * not.
   */
  isRolledOut: boolean;
  /** Troubles in the order in which to solve them, each with its pod if there is one. */
  troubles: { trouble: Trouble; pod?: Pod }[];
  /** Why some unready pods, of any ReplicaSet, may answer all the same. */
  outOfSight?: Trouble;
}

/** Derives the state of a rollout from the observed objects. */
export function readRollout(signs: HealthInputs): RolloutView {
  const { deployment, pods } = signs;
  const ready = pods.filter(isReady);
  const isObservedNow = deployment !== undefined && isObserved(deployment);
  const current = isObservedNow ? currentPods(deployment, pods) : [];
  const desired = deployment?.spec?.replicas ?? 0;
  const { replicas, updatedReplicas } = deployment?.status ?? {};
  const [outOfSight] = [...pods, ...(signs.leaving ?? [])].flatMap(
    pod => nodeTrouble(pod, signs.nodeOf?.(pod)) ?? [],
  );
  return {
    desired,
    ready: ready.length,
    current,
    hasOlder: ready.some(pod =>
      isObservedNow
        ? !current.includes(pod)
        : !matchesTemplate(pod, deployment?.spec),
    ),
    isRolledOut:
      isObservedNow && updatedReplicas === desired && replicas === desired,
    troubles: isObservedNow ? troublesOf(deployment, current, signs) : [],
    outOfSight,
  };
}

/** Whether the Deployment controller has observed the current spec. */
function isObserved({ metadata, status }: Deployment): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
}

function troublesOf(
  deployment: Deployment,
  current: Pod[],
  signs: HealthInputs,
): RolloutView['troubles'] {
  const ofPods = current.flatMap(pod => {
    const trouble = podTrouble(pod, signs);
    return trouble ? [{ trouble, pod }] : [];
  });
  const whole = deploymentTroubles(deployment, ofPods[0]?.trouble);
  return [...ofPods, ...whole.map(trouble => ({ trouble }))];
}

function podTrouble(
  pod: Pod,
  { answers, nodeOf }: HealthInputs,
): Trouble | undefined {
  if (isReady(pod)) return undefined;
  const answer = answers.get(pod.metadata.uid ?? '');
  return (
    nodeTrouble(pod, nodeOf?.(pod)) ??
    podProblem(pod) ??
    (answer && { ...answer, threshold: 0 }) ??
    unresponsiveTrouble(pod)
  );
}

/** Returns why pods are not created or are late. @param known - why a pod does not work */
function deploymentTroubles(
  deployment: Deployment,
  known: Problem = {
    why: 'The new pods do not become ready.',
    next: 'Check the log.',
  },
): Trouble[] {
  const { conditions = [] } = deployment.status ?? {};
  const refused = podRefusal(deployment);
  const isLate = conditions.some(
    ({ reason }) => reason === 'ProgressDeadlineExceeded',
  );
  return [
    ...(refused
      ? [
          {
            ...readRefusal(refused.message ?? ''),
            at: instant(refused.lastTransitionTime),
            threshold: thresholds.passing,
          },
        ]
      : []),
    ...(isLate ? [{ ...known, threshold: 0 }] : []),
  ];
}
