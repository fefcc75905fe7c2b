import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  runtimePort,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Workload } from '../workload';
import { appLabels, appSelector } from './appLabels';
import { consumerContainer } from './consumer';
import { podMetadata, podSpecBase } from './podTemplate';
import { probes } from './probes';
import { replicaRangeMark } from './replicaRange';
import { bundlePath, runtimeContainer } from './runtimeContainer';

/** Name of the serving container. */
export const containerName = 'app';

/** Returns the Deployment of the pods that serve the functions of the bundle. */
export function desiredDeployment(workload: Workload): Desired {
  const { app, autoscale, consumer, namespace, replicas } = workload;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: app,
      namespace,
      labels: appLabels(workload),
      ...(autoscale && { annotations: replicaRangeMark(autoscale) }),
    },
    spec: {
      replicas,
      revisionHistoryLimit: 3,
      progressDeadlineSeconds: 120,
      selector: { matchLabels: appSelector(workload) },
      strategy: consumer
        ? { type: 'Recreate' }
        : {
            type: 'RollingUpdate',
            rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
          },
      template: {
        metadata: servingMetadata(workload),
        spec: {
          ...podSpecBase(workload),
          containers: [
            servingContainer(workload),
            ...(consumer ? [consumerContainer(workload, consumer)] : []),
          ],
        },
      },
    },
  };
}

/** A new restart time replaces the pods. */
function servingMetadata(workload: Workload) {
  const { annotations: common, ...rest } = podMetadata(workload);
  const { restartedAt } = workload;
  return {
    ...rest,
    annotations: {
      ...common,
      ...(restartedAt && { [annotations.restartedAt]: restartedAt }),
    },
  };
}

function servingContainer(workload: Workload) {
  return {
    ...runtimeContainer(workload, containerName),
    args: ['--bundle', bundlePath, '--port', `${runtimePort}`],
    ports: [{ name: 'http', containerPort: runtimePort, protocol: 'TCP' }],
    // Code that fails to load keeps a pod unready but alive, so that it can report why.
    ...probes('http'),
    // Callers stop using the terminating pod within this time.
    lifecycle: { preStop: { sleep: { seconds: 2 } } },
  };
}
