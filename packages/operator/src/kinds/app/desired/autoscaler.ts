import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { Workload } from '../workload';
import { appLabels } from './appLabels';

/** Percent of the requested CPU that the autoscaler aims for. */
const targetUtilization = 70;

/** Returns the autoscaler; none for an app with a fixed number of pods. */
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
