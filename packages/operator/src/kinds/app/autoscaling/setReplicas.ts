import type {
  Deployment,
  Informer,
  KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { scalingManager } from '../../../names';

/**
 * Sets the number of pods of a Deployment with a field manager of its own, so that applying the rest of the Deployment
 * leaves the number alone.
 *
 * @param metadata - with the uid and the version that the Deployment must still have; any version when absent
 * @throws KubeApiError, a conflict for another uid or version
 */
export async function setReplicas(
  { resource, type }: Informer<Deployment>,
  {
    name,
    namespace,
    resourceVersion,
    uid,
  }: Pick<
    KubeObject['metadata'],
    'name' | 'namespace' | 'resourceVersion' | 'uid'
  >,
  replicas: number,
  signal: AbortSignal,
): Promise<void> {
  const { apiVersion, kind } = type;
  await resource.apply(
    {
      apiVersion,
      kind,
      metadata: { name, namespace, resourceVersion, uid },
      spec: { replicas },
    },
    { fieldManager: scalingManager, force: true, signal },
  );
}
