import type { Job } from '@bailiwick/backstage-kube-controller';
import type { Workspace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { truncateMessage } from '../../apply';
import { jobEnd, nodeOf } from '../../cache';
import type { Placement } from '../../placement';
import { isReady, nodeTrouble, podProblem, youngestFirst } from '../app/health';
import { podTermination, readFailure } from '../run/readTermination';
import { podsOfJob } from '../run/steps';

/** Status of a workspace. */
export type WorkspaceStatus = NonNullable<Workspace['status']>;

/** Reads the progress of a workspace with a Job. */
export async function readWorkspace(
  placement: Placement,
  { spec }: Workspace,
  job: Job | undefined,
  signal: AbortSignal,
): Promise<WorkspaceStatus> {
  if (!job) return { phase: 'Starting' };
  const { caches, now } = placement;
  const pods = await podsOfJob({ placement, signal }, job);
  const end = jobEnd(job);
  const last = podTermination(pods);
  if (end) {
    const at = end.lastTransitionTime ?? now().toISOString();
    const { startedAt = at } = spec;
    if (end.type === 'Complete') {
      // The runtime ends with 0 only then.
      const minutes = formatCount(spec.idleMinutes, 'minute');
      const why = `No activity for ${minutes}.`;
      const ended = { startedAt, at, reason: 'idle' as const, why };
      return { phase: 'Stopped', why, ended };
    }
    const why = last
      ? readFailure(last)
      : truncateMessage(end.message || 'The pod of the workspace failed.');
    const ended = { startedAt, at, reason: 'failed' as const, why };
    return { phase: 'Failed', why, ended };
  }
  const [pod] = youngestFirst(pods);
  if (pod && isReady(pod)) return { phase: 'Running', pod: pod.metadata.name };
  const why = pod && (nodeTrouble(pod, nodeOf(caches, pod)) ?? podProblem(pod));
  return { phase: 'Starting', ...(why && { why: why.why }) };
}
