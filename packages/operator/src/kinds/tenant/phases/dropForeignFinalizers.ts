import {
  coreKinds,
  ignoreNotFound,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  finalizer,
  grantKind,
  releaseKind,
  runKind,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Placement } from '../../../placement';

/** Kinds that members of a tenant can create in its home namespace. */
const memberKinds = [
  appKind,
  coreKinds.configMaps,
  grantKind,
  releaseKind,
  runKind,
];

/**
 * Removes all finalizers except ours in a home namespace that is being deleted. Members could set them before the
 * policy `bailiwick-lifetimes` existed, and nothing else would remove them.
 */
export async function dropForeignFinalizers(
  { client }: Placement,
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  for (const type of memberKinds) {
    const resource = client.resource<KubeObject>(type);
    const objects = await resource.list({
      namespace,
      metadataOnly: true,
      signal,
    });
    for (const { metadata } of objects) {
      const { finalizers = [], name, resourceVersion } = metadata;
      const own = finalizers.filter(one => one === finalizer);
      if (!metadata.deletionTimestamp || own.length === finalizers.length)
        continue;
      await resource
        .patch(
          name,
          { metadata: { finalizers: own } },
          { namespace, resourceVersion, signal },
        )
        .catch(ignoreNotFound);
    }
  }
}
