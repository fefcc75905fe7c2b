import {
  ignoreNotFound,
  type Informer,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { fieldManager } from '../names';

/** Changes fields of an object's spec, unless it was deleted; refused when it was recreated. */
export async function patchSpec<T extends KubeObject>(
  { resource }: Informer<T>,
  { metadata: { name, namespace, uid } }: T,
  spec: object,
  signal: AbortSignal,
): Promise<void> {
  await resource
    .patch(
      name,
      { metadata: { uid }, spec },
      { namespace, fieldManager, signal },
    )
    .catch(ignoreNotFound);
}
