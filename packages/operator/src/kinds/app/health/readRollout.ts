import type {
  Deployment,
  Node,
  Pod,
} from '@bailiwick/backstage-kube-controller';
import { currentPods, isLike } from './currentPods';
import type { Problem, Trouble } from './HealthReport';
import { nodeTrouble, podProblem, unresponsiveTrouble } from './podProblem';
import { isReady } from './podTimes';
import { readRefusal } from './readRefusal';
import { instant, thresholds } from './thresholds';

/** What the health of a running environment is read from. */
export interface HealthInputs {
  deployment: Deployment | undefined;
  /** Pods that are not being deleted. */
  pods: Pod[];
  /** What unready pods said themselves, by uid. */
  answers: Map<string, Problem>;
  /** The node on which a pod is, as far as it is known. */
  nodeOf?: (pod: Pod) => Node | undefined;
}

/** The same, put together. */
export interface RolloutView {
  /** How many pods shall run. */
  desired: number;
  /** How many pods of any kind take calls. */
  ready: number;
  /** Pods of the kind that is wanted now, youngest first. */
  current: Pod[];
  /** Whether pods of another kind take calls. */
  hasOlder: boolean;
  /** Whether all pods are of the current kind, as many as are wanted; they need not take calls. */
  isRolledOut: boolean;
  /** What keeps pods from working, the one to solve first; each with its pod where there is one. */
  troubles: { trouble: Trouble; pod?: Pod }[];
}

/** Puts together what is seen of an environment. */
export function readRollout(signs: HealthInputs): RolloutView {
  const { deployment, pods } = signs;
  const ready = pods.filter(isReady);
  const isObservedNow = deployment !== undefined && isObserved(deployment);
  const current = isObservedNow ? currentPods(deployment, pods) : [];
  const desired = deployment?.spec?.replicas ?? 0;
  const { replicas, updatedReplicas } = deployment?.status ?? {};
  return {
    desired,
    ready: ready.length,
    current,
    hasOlder: ready.some(pod =>
      isObservedNow ? !current.includes(pod) : !isLike(pod, deployment?.spec),
    ),
    isRolledOut:
      isObservedNow && updatedReplicas === desired && replicas === desired,
    troubles: isObservedNow ? troublesOf(deployment, current, signs) : [],
  };
}

/** Whether Kubernetes knows what is wanted now. */
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

/** What keeps pods from being made, or makes them late. @param known - why a pod does not work */
function deploymentTroubles(
  { status }: Deployment,
  known: Problem = {
    why: 'The new pods do not get ready.',
    next: 'Look at the log.',
  },
): Trouble[] {
  const { conditions = [] } = status ?? {};
  const refused = conditions.find(({ type }) => type === 'ReplicaFailure');
  const isLate = conditions.some(
    ({ reason }) => reason === 'ProgressDeadlineExceeded',
  );
  return [
    ...(refused?.status === 'True'
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
