import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { AppInstance } from '../../../cache';
import { appLabels } from './appLabels';

/** Returns the volume claim for the results of an app. @param size - quantity, such as 1Gi */
export function desiredStore(place: AppInstance, size: string): Desired {
  const { app, namespace } = place;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: app, namespace, labels: appLabels(place) },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: size } },
    },
  };
}
