import type { Deployment, Pod } from '@bailiwick/backstage-kube-controller';
import type { HealthReport, Problem } from './HealthReport';
import { podProblem } from './podProblem';
import { readRefusal } from './refusal';

/** What the health of a running environment is read from. */
export interface Signs {
  deployment: Deployment | undefined;
  /** Pods that are not being deleted. */
  pods: Pod[];
  /** What unready pods said themselves, by uid. */
  answers: Map<string, Problem>;
}

/**
 * The health of an environment whose objects are made:
 * - Suspended: it is wanted to have no pods;
 * - Healthy: all wanted pods are of the current kind and ready, and no others are left;
 * - Degraded: pods answer, but new ones cannot work;
 * - Failed: no pod answers, and new ones cannot work;
 * - Progressing: anything else, as it will become one of the above by itself.
 */
export function readHealth({ deployment, pods, answers }: Signs): HealthReport {
  const desired = deployment?.spec?.replicas ?? 0;
  if (deployment && desired === 0) {
    return {
      health: 'Suspended',
      why: 'Suspended: no pods run.',
      next: 'Resume it to use it.',
    };
  }
  const ready = pods.filter(isReady).length;
  if (deployment && isSettled(deployment)) {
    const why =
      desired === 1 ? 'The pod answers.' : `All ${desired} pods answer.`;
    return { health: 'Healthy', why, next: '' };
  }
  const problem = deployment && findProblem(deployment, pods, answers);
  if (problem) {
    return ready > 0
      ? {
          health: 'Degraded',
          ...problem,
          why: `Older pods still answer. ${problem.why}`,
        }
      : { health: 'Failed', ...problem };
  }
  return {
    health: 'Progressing',
    why:
      ready > 0
        ? 'Rolling out: older pods answer until the new ones are ready.'
        : `Starting: ${ready} of ${desired} pods ready.`,
    next: '',
  };
}

/** Whether a pod takes calls. */
export function isReady({ status }: Pod): boolean {
  return (
    status?.conditions?.some(
      ({ type, status: is }) => type === 'Ready' && is === 'True',
    ) ?? false
  );
}

function isSettled({ metadata, spec, status = {} }: Deployment): boolean {
  const desired = spec?.replicas ?? 0;
  return (
    (status.observedGeneration ?? 0) >= (metadata.generation ?? 0) &&
    status.updatedReplicas === desired &&
    status.replicas === desired &&
    status.readyReplicas === desired
  );
}

function findProblem(
  { status }: Deployment,
  pods: Pod[],
  answers: Map<string, Problem>,
): Problem | undefined {
  // The youngest pods are of the current kind, and their problem is the one to solve.
  const youngest = [...pods].sort((a, b) =>
    birthOf(b).localeCompare(birthOf(a)),
  );
  for (const pod of youngest) {
    const problem = podProblem(pod) ?? answers.get(pod.metadata.uid ?? '');
    if (problem) return problem;
  }
  const refused = status?.conditions?.find(
    ({ type }) => type === 'ReplicaFailure',
  );
  if (refused?.status === 'True') return readRefusal(refused.message ?? '');
  const late = status?.conditions?.find(
    ({ reason }) => reason === 'ProgressDeadlineExceeded',
  );
  return (
    late && {
      why: 'The new pods do not become ready.',
      next: 'Look at the log.',
    }
  );
}

function birthOf({ metadata }: Pod): string {
  return metadata.creationTimestamp ?? '';
}
