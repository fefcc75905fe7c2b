import {
  coreKinds,
  ignoreNotFound,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { annotations } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { fieldManager, systemNamespace } from '../names';
import { installHint, TargetError } from './TargetError';

/**
 * Ensures that a cluster is a target of this hub under this name only: two operators would delete
 * each other's objects.
 *
 * @param hub - uid of the hub's namespace kube-system, which identifies it
 * @throws TargetError when the cluster cannot be claimed
 */
export async function claimTarget(
  client: KubeClient,
  { hub, name }: { hub: string; name: string },
  signal: AbortSignal,
): Promise<void> {
  const namespaces = client.resource(coreKinds.namespaces);
  const { metadata: itself } = await namespaces.get('kube-system', { signal });
  if (itself.uid === hub)
    throw new TargetError(
      'IsTheHub',
      "The credentials are for the operator's own cluster, which needs none; delete this Cluster",
    );
  const home = await namespaces
    .get(systemNamespace, { signal })
    .catch(ignoreNotFound);
  if (!home)
    throw new TargetError(
      'NotInstalled',
      `The cluster has no namespace ${systemNamespace}; ${installHint}`,
    );
  const claim = `${hub}/${name}`;
  const holder = home.metadata.annotations?.[annotations.hub];
  if (holder === claim) return;
  if (holder)
    throw new TargetError(
      'TakenByAnother',
      `The cluster is claimed by another hub, or under another name: ${holder}. If that hub no longer exists, remove annotation ${annotations.hub} from namespace ${systemNamespace} of the cluster`,
    );
  await namespaces.patch(
    systemNamespace,
    { metadata: { annotations: { [annotations.hub]: claim } } },
    { fieldManager, resourceVersion: home.metadata.resourceVersion, signal },
  );
}
