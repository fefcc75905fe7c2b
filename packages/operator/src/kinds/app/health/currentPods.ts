import type { Deployment, Pod } from '@bailiwick/backstage-kube-controller';
import { youngestFirst } from './podTimes';

/** Label by which a Deployment tells its kinds of pods apart. */
const kindLabel = 'pod-template-hash';

/**
 * The pods of the kind that a Deployment makes now, youngest first: only they say how a rollout goes. Those that have
 * ended are replaced, and so do not count unless nothing younger is there.
 */
export function currentPods({ spec, status }: Deployment, pods: Pod[]): Pod[] {
  if (!status?.updatedReplicas) return [];
  const [youngest, ...others] = youngestFirst(
    pods.filter(pod => isLike(pod, spec)),
  );
  if (!youngest) return [];
  const kind = youngest.metadata.labels?.[kindLabel];
  return [
    youngest,
    ...others.filter(
      pod => pod.metadata.labels?.[kindLabel] === kind && !hasEnded(pod),
    ),
  ];
}

/** Whether a pod carries what its template says; the rest of it is not compared. */
export function isLike({ metadata }: Pod, spec: Deployment['spec']): boolean {
  const { annotations, labels } = spec?.template?.metadata ?? {};
  return (
    covers(metadata.labels, labels) && covers(metadata.annotations, annotations)
  );
}

function covers(
  texts: Record<string, string> = {},
  wanted: Record<string, string> = {},
): boolean {
  return Object.entries(wanted).every(([name, text]) => texts[name] === text);
}

function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Failed' || status?.phase === 'Succeeded';
}
