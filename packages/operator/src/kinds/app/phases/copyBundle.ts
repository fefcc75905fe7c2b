import { isSubset, type ConfigMap } from '@bailiwick/backstage-kube-controller';
import { homeNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isCreatedByOperator } from '../../../cache';
import type { Placement } from '../../../placement';
import { bundleKey, desiredBundleCopy, readBundle } from '../desired';
import { throwFailed, throwPending, type Workload } from '../workload';

/** Copies the code bundle to the environment unless it exists there. @throws ObstacleError */
export async function copyBundle(
  { applier, caches, hub }: Placement,
  workload: Workload,
  signal: AbortSignal,
): Promise<void> {
  const { bundle, tenant, namespace } = workload;
  const copy = caches.configMaps.get(bundle.copy, namespace);
  if (copy && isUnchanged(copy, workload)) return;
  const { source } = bundle;
  const found = await readBundle(hub, source, homeNamespace(tenant), signal);
  if (!found) throwPending(`Code bundle ${source} is not available yet.`);
  const { archive, digest } = found;
  if (!archive) throwFailed(`Code bundle ${source} has no ${bundleKey}.`);
  if (digest !== bundle.digest) {
    throwFailed(
      `The content of code bundle ${source} does not match its digest.`,
      'Push or publish the code again.',
    );
  }
  await applier.apply([desiredBundleCopy(workload, archive)], signal);
}

/** Whether a copy has its metadata; its content is immutable. */
function isUnchanged(copy: ConfigMap, workload: Workload): boolean {
  const { labels, annotations } = desiredBundleCopy(workload, '').metadata;
  return (
    isCreatedByOperator(copy) &&
    isSubset({ labels, annotations }, copy.metadata)
  );
}
