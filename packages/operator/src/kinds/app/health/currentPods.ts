import type { Deployment, Pod } from '@bailiwick/backstage-kube-controller';
import { youngestFirst } from './podTimes';

/** Label with which a Deployment distinguishes its ReplicaSets. */
const kindLabel = 'pod-template-hash';

/**
 * Returns the pods of a Deployment's current ReplicaSet, youngest first. Ended pods are being
 * replaced, so they count only when there is no younger one.
 */
export function currentPods({ spec, status }: Deployment, pods: Pod[]): Pod[] {
  if (!status?.updatedReplicas) return [];
  const [youngest, ...others] = youngestFirst(
    pods.filter(pod => matchesTemplate(pod, spec)),
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

/** Whether a pod has the labels and annotations of its template. */
export function matchesTemplate(
  { metadata }: Pod,
  spec: Deployment['spec'],
): boolean {
  const { annotations, labels } = spec?.template?.metadata ?? {};
  return (
    hasAll(metadata.labels, labels) && hasAll(metadata.annotations, annotations)
  );
}

function hasAll(
  texts: Record<string, string> = {},
  wanted: Record<string, string> = {},
): boolean {
  return Object.entries(wanted).every(([name, text]) => texts[name] === text);
}

function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Failed' || status?.phase === 'Succeeded';
}
