import type {
  Informer,
  KubeObject,
  PersistentVolumeClaim,
} from '@bailiwick/backstage-kube-controller';
import type { Placement } from '../../../placement';
import { desiredStore } from '../desired';
import { throwFailed, type Workload } from '../workload';

const defaultClass = 'storageclass.kubernetes.io/is-default-class';

/**
 * Applies the volume claim of an app that keeps results on a volume. @throws ObstacleError when it cannot be
 * provisioned
 */
export async function applyStore(
  { applier, caches: { claims, storageClasses } }: Placement,
  workload: Workload,
  signal: AbortSignal,
): Promise<void> {
  const { app, namespace, store } = workload;
  if (!store?.size) return;
  const size = claims.get(app, namespace)?.spec?.resources?.requests?.storage;
  // Few volumes can grow and none can shrink, so the size is never changed.
  await applier.apply([desiredStore(workload, size ?? store.size)], signal);
  const claim = claims.get(app, namespace);
  if (claim) checkStorageClass(claim, storageClasses);
}

/** Without a usable storage class, a claim stays pending without an error. */
function checkStorageClass(
  { spec, status }: PersistentVolumeClaim,
  classes: Informer<KubeObject>,
): void {
  if (status?.phase === 'Bound' || !classes.isSynced) return;
  const wanted = spec?.storageClassName;
  if (wanted === undefined && !classes.list().some(isDefault))
    throwFailed(
      "The results volume can't be created: the cluster has no default storage class.",
      `Ask the platform team to mark a storage class with the annotation ${defaultClass}: "true".`,
    );
  if (wanted && !classes.get(wanted))
    throwFailed(
      `The results volume can't be created: storage class "${wanted}" was deleted.`,
      'Ask the platform team to recreate it.',
    );
}

function isDefault({ metadata }: KubeObject): boolean {
  return metadata.annotations?.[defaultClass] === 'true';
}
