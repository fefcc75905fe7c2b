import type { Desired } from '@bailiwick/backstage-kube-controller';
import { systemNamespace } from '../../names';
import type { Place } from '../Workload';
import { appLabels, appSelector } from './appLabels';
import { runtimePort } from './deployment';

/** Lets the gateway reach the app's pods, and nobody else. What goes out stays closed. */
export function desiredNetworkPolicy(place: Place): Desired {
  const { app, namespace } = place;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: app, namespace, labels: appLabels(place) },
    spec: {
      podSelector: { matchLabels: appSelector(place) },
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
          ports: [{ protocol: 'TCP', port: runtimePort }],
        },
      ],
    },
  };
}
