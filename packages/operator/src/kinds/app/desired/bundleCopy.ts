import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Workload } from '../workload';
import { appLabels } from './appLabels';

/** Key of the archive in a bundle's ConfigMap. */
export const bundleKey = 'bundle.tar.gz';

/** Returns the immutable copy of a code bundle in an environment. @param archive - base64 */
export function desiredBundleCopy(
  workload: Workload,
  archive: string,
): Desired {
  const { bundle, commit, namespace } = workload;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: bundle.copy,
      namespace,
      labels: { ...appLabels(workload), [labels.commit]: commit.slice(0, 12) },
      annotations: { [annotations.bundleDigest]: bundle.digest },
    },
    immutable: true,
    binaryData: { [bundleKey]: archive },
  };
}
