import type {
  Informer,
  KubeObject,
  Occurrence,
} from '@bailiwick/backstage-kube-controller';
import type { Placement } from '../placement';

/** Records an event of a cached object; objects of lists do not name their kind. */
export async function recordEvent<T extends KubeObject>(
  { events }: Pick<Placement, 'events'>,
  { type: { apiVersion, kind } }: Informer<T>,
  object: T,
  occurrence: Occurrence,
): Promise<void> {
  await events.record({ ...object, apiVersion, kind }, occurrence);
}
