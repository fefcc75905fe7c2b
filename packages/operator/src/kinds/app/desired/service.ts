import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { AppInstance } from '../../../cache';
import { appLabels, appSelector } from './appLabels';

/** Returns the Service of an app: port 80 of `<app>.<namespace>`. */
export function desiredService(place: AppInstance): Desired {
  const { app, namespace } = place;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: app, namespace, labels: appLabels(place) },
    spec: {
      type: 'ClusterIP',
      selector: appSelector(place),
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
    },
  };
}
