import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { Workload } from '../workload';
import { appLabels } from './appLabels';

/** Percent of the requested CPU around which pods are added and taken away. */
const targetUtilization = 70;

/** Lets Kubernetes choose the number of pods; nothing for an app with a fixed number. */
export function desiredAutoscaler(workload: Workload): Desired[] {
  const { app, namespace, autoscale } = workload;
  if (!autoscale) return [];
  return [
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: app, namespace, labels: appLabels(workload) },
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: app,
        },
        minReplicas: autoscale.min,
        maxReplicas: autoscale.max,
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: {
                type: 'Utilization',
                averageUtilization: targetUtilization,
              },
            },
          },
        ],
      },
    },
  ];
}
