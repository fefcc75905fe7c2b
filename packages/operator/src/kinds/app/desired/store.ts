import type { Desired } from '@bailiwick/backstage-kube-controller';
import { userAnnotation } from '../../../names';
import type { Workload } from '../workload';
import { appLabels } from './appLabels';

/** Returns the volume claim for the results of an app. @param size - quantity, such as 1Gi */
export function desiredStore(workload: Workload, size: string): Desired {
  const { app, namespace, user } = workload;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: app,
      namespace,
      labels: appLabels(workload),
      ...(!user.isMapped && {
        annotations: { [userAnnotation]: `${user.id}` },
      }),
    },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: size } },
    },
  };
}
