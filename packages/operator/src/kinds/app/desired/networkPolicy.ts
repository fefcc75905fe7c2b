import type { Desired } from '@bailiwick/backstage-kube-controller';
import { runtimePort } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AppInstance } from '../../../cache';
import { systemNamespace } from '../../../names';
import type { Workload } from '../workload';
import { appLabels, appSelector } from './appLabels';
import { consumerPort } from './consumer';

/**
 * Returns the ingress policy of an app: only the system namespace reaches its serving pods and the
 * health endpoint of its consumer. Egress stays closed.
 */
export function desiredNetworkPolicy(
  workload: Pick<Workload, 'consumer' | keyof AppInstance>,
): Desired {
  const { app, consumer, namespace } = workload;
  const ports = [runtimePort, ...(consumer ? [consumerPort] : [])];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: app, namespace, labels: appLabels(workload) },
    spec: {
      podSelector: { matchLabels: appSelector(workload) },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchLabels: { 'kubernetes.io/metadata.name': systemNamespace },
              },
            },
          ],
          ports: ports.map(port => ({ protocol: 'TCP', port })),
        },
      ],
    },
  };
}
