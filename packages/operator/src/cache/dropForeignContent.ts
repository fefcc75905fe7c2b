import {
  dropManagedFields,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { ownerAnnotation } from '../names';

/** Reduces foreign objects to the metadata that identifies their name and owner. */
export function dropForeignContent<T extends KubeObject>(object: T): T {
  const { apiVersion, kind, metadata } = object;
  const isOurs =
    metadata.labels?.[labels.managedBy] === managedBy ||
    metadata.annotations?.[ownerAnnotation] !== undefined;
  if (isOurs) return dropManagedFields(object);
  return {
    apiVersion,
    kind,
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      labels: metadata.labels,
    },
  } as T;
}
