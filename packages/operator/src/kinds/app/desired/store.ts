import type { Desired } from '@bailiwick/backstage-kube-controller';
import { appLabels } from './appLabels';
import type { Place } from '../../../cache';

/** Volume for the results of an app in one environment. @param size - quantity, such as 1Gi */
export function desiredStore(place: Place, size: string): Desired {
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
