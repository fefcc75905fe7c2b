import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { Place } from '../Workload';
import { appLabels } from './appLabels';

/** Identity of the app's pods; it has no rights and its token is not mounted. */
export function desiredServiceAccount(place: Place): Desired {
  const { app, namespace } = place;
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: app, namespace, labels: appLabels(place) },
    automountServiceAccountToken: false,
  };
}
