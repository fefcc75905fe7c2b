import {
  isNotFound,
  type KubeClient,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { isSaved, savedKinds } from './savedKinds';

/** Objects that are in memory at a time. */
const pageSize = 100;

/**
 * Reads all objects that a backup contains, in the order in which they can be restored.
 *
 * @throws KubeApiError without the right to list them
 */
export async function* readObjects(
  client: KubeClient,
): AsyncGenerator<KubeObject> {
  for (const type of savedKinds) {
    const found: KubeObject[] = [];
    try {
      for await (const { items } of client
        .resource(type)
        .pages({ limit: pageSize }))
        found.push(...items.filter(isSaved));
    } catch (error) {
      // A kind of a later version.
      if (!isNotFound(error)) throw error;
    }
    yield* found.sort((one, other) => ageOf(one).localeCompare(ageOf(other)));
  }
}

function ageOf({ metadata }: KubeObject): string {
  return `${metadata.creationTimestamp}`;
}
