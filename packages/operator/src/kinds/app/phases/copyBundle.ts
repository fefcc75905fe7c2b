import { createHash } from 'node:crypto';
import {
  coreKinds,
  isSubset,
  isNotFound,
  type ConfigMap,
} from '@bailiwick/backstage-kube-controller';
import { homeNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isCreatedByOperator } from '../../../cache';
import type { Placement } from '../../../placement';
import { bundleKey, desiredBundleCopy } from '../desired';
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
  const archive = await readArchive(
    hub,
    bundle.source,
    homeNamespace(tenant),
    signal,
  );
  const digest = createHash('sha256')
    .update(Buffer.from(archive, 'base64'))
    .digest('hex');
  if (`sha256:${digest}` !== bundle.digest) {
    throwFailed(
      `The content of code bundle ${bundle.source} does not match its digest.`,
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

async function readArchive(
  hub: Placement['hub'],
  name: string,
  namespace: string,
  signal: AbortSignal,
): Promise<string> {
  try {
    const { binaryData } = await hub
      .resource(coreKinds.configMaps)
      .get(name, { namespace, signal });
    return (
      binaryData?.[bundleKey] ??
      throwFailed(`Code bundle ${name} has no ${bundleKey}.`)
    );
  } catch (error) {
    if (isNotFound(error))
      throwPending(`Code bundle ${name} is not available yet.`);
    throw error;
  }
}
