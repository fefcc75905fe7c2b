import {
  annotations,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Workload } from '../workload';
import { appLabels, allPodsSelector } from './appLabels';
import { runtimeVolumes } from './runtimeContainer';

/** Metadata of a pod that runs the code of an app. */
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

/** What all pods of an app have in common, locked down as far as Kubernetes allows. */
export function podSpecBase(workload: Workload) {
  const { app, store } = workload;
  return {
    serviceAccountName: app,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 15,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...(store && { affinity: onOneNode(workload) }),
    volumes: runtimeVolumes(workload),
  };
}

/** A volume that is written from one node only is read from there, too. */
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
