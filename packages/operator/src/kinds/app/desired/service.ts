import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { AppInstance } from '../../../cache';
import { appLabels, appSelector } from './appLabels';

/**
 * Returns the Service of an app: port 80 of `<app>.<namespace>`.
 *
 * @param isWaking - whether calls are held until a pod has loaded its code; the Service then leads to pods that are not
 *   ready, and no call waits until Kubernetes notices that they are
 */
export function desiredService(place: AppInstance, isWaking = false): Desired {
  const { app, namespace } = place;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: app, namespace, labels: appLabels(place) },
    spec: {
      type: 'ClusterIP',
      ...(isWaking && { publishNotReadyAddresses: true }),
      selector: appSelector(place),
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
    },
  };
}
