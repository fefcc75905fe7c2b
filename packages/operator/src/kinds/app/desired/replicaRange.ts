import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import { replicaRangeAnnotation } from '../../../names';
import type { ReplicaRange } from '../workload';

/** Returns the annotation of a Deployment whose number of pods varies. */
export function replicaRangeMark({
  min,
  max,
}: ReplicaRange): Record<string, string> {
  return { [replicaRangeAnnotation]: `${min}-${max}` };
}

/** Returns the limits of the number of pods of a Deployment; `undefined` if the number is fixed. */
export function readReplicaRange({
  metadata,
}: KubeObject): ReplicaRange | undefined {
  const mark = metadata.annotations?.[replicaRangeAnnotation] ?? '';
  const [, min, max] = /^(\d+)-(\d+)$/.exec(mark) ?? [];
  return max === undefined ? undefined : { min: Number(min), max: Number(max) };
}
