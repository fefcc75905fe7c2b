import type { Desired } from '@bailiwick/backstage-kube-controller';
import type { AppInstance } from '../../../cache';
import { secretsAnnotation } from '../../../names';
import { appLabels } from './appLabels';

/**
 * Returns the account of the app's pods; it has no rights and its token is not mounted.
 *
 * @param secrets - names of the copied Secrets
 */
export function desiredServiceAccount(
  place: AppInstance,
  secrets: string[] = [],
): Desired {
  const { app, namespace } = place;
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: app,
      namespace,
      labels: appLabels(place),
      ...(secrets.length > 0 && {
        annotations: { [secretsAnnotation]: secrets.join(',') },
      }),
    },
    automountServiceAccountToken: false,
  };
}
