import type { Job, Node, Pod } from '@bailiwick/backstage-kube-controller';
import type { Run } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { truncateMessage } from '../../apply';
import { jobEnd } from '../../cache';
import { nodeTrouble, podProblem, youngestFirst } from '../app/health';
import { podTermination, readFailure, readResult } from './readTermination';

/** One step in the status of a run. */
export type Step = NonNullable<NonNullable<Run['status']>['steps']>[number];

/** Observed objects of a step. */
export interface StepObservation {
  job: Job;
  pods: Pod[];
  /** Finds the node of a pod. */
  nodeOf?: (pod: Pod) => Node | undefined;
  /** Why the quota prevents a pod. */
  quotaProblem?: string;
}

/** Whether a step has ended. */
export function isEnded({ phase }: Pick<Step, 'phase'>): boolean {
  return ['Succeeded', 'Failed', 'Cancelled'].includes(phase);
}

/** Returns the state of a step with a Job. */
export function readStep(before: Step, sight: StepObservation): Step {
  if (isEnded(before)) return before;
  const { job, pods } = sight;
  const end = jobEnd(job);
  const startedAt =
    before.startedAt ?? job.status?.startTime ?? job.metadata.creationTimestamp;
  const { name } = before;
  if (!end) {
    const why = whyWaiting(sight);
    return { name, phase: 'Running', ...(why && { why }), startedAt };
  }
  const last = podTermination(pods);
  const finishedAt =
    job.status?.completionTime ?? end.lastTransitionTime ?? last?.finishedAt;
  return end.type === 'Complete'
    ? {
        name,
        phase: 'Succeeded',
        startedAt,
        finishedAt,
        ...readResult(last ?? {}),
      }
    : { name, phase: 'Failed', why: whyFailed(sight), startedAt, finishedAt };
}

function whyFailed({ job, pods }: StepObservation): string {
  const { message, reason } = jobEnd(job) ?? {};
  if (reason === 'DeadlineExceeded')
    return `The step timed out after ${job.spec?.activeDeadlineSeconds} s, including the start.`;
  const last = podTermination(pods);
  return last
    ? readFailure(last)
    : truncateMessage(message || 'The pods of the step failed.');
}

function whyWaiting({
  nodeOf,
  pods,
  quotaProblem,
}: StepObservation): string | undefined {
  const [pod] = youngestFirst(pods);
  if (!pod) return quotaProblem;
  const end = podTermination([pod]);
  // The Job reports a moment later that the pod has succeeded.
  if (end?.exitCode === 0) return undefined;
  if (end && pod.status?.phase === 'Failed')
    return `Retrying: ${readFailure(end)}`;
  return (nodeTrouble(pod, nodeOf?.(pod)) ?? podProblem(pod))?.why;
}
