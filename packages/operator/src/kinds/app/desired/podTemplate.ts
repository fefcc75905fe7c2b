import {
  annotations,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Workload } from '../workload';
import { appLabels, allPodsSelector } from './appLabels';
import { runtimeVolumes } from './runtimeContainer';

/** Returns the metadata of a pod that runs the code of an app. */
export function podMetadata(workload: Workload): {
  labels: Record<string, string>;
  annotations: Record<string, string>;
} {
  const { bundle, commit } = workload;
  return {
    labels: { ...appLabels(workload), [labels.commit]: commit.slice(0, 12) },
    annotations: { [annotations.bundleDigest]: bundle.digest },
  };
}

/**
 * Returns the fields that the specs of all pods of an app share, with the strictest security
 * context.
 */
export function podSpecBase(workload: Workload) {
  const { app, store, user } = workload;
  return {
    serviceAccountName: app,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 15,
    ...(user.isMapped && { hostUsers: false }),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user.id,
      runAsGroup: user.id,
      fsGroup: user.id,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...(store?.size && { affinity: onOneNode(workload) }),
    volumes: runtimeVolumes(workload),
  };
}

/** A ReadWriteOnce volume can only be used on one node. */
function onOneNode(workload: Workload) {
  return {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          labelSelector: { matchLabels: allPodsSelector(workload) },
          topologyKey: 'kubernetes.io/hostname',
        },
      ],
    },
  };
}
