import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { Workload } from '../workload';
import { appLabels, appSelector } from './appLabels';

/** Returns the budget with which a node is drained one pod at a time; none for an app that can have a single pod. */
export function desiredDisruptionBudget(workload: Workload): Desired[] {
  const { app, autoscale, namespace, replicas = 0 } = workload;
  if ((autoscale?.min ?? replicas) < 2) return [];
  return [
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: app, namespace, labels: appLabels(workload) },
      spec: {
        maxUnavailable: 1,
        selector: { matchLabels: appSelector(workload) },
        // Broken pods do not block the maintenance of nodes.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    },
  ];
}
