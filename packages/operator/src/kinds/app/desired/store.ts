import type { Desired } from '@bailiwick/backstage-kube-controller';
import { userAnnotation } from '../../../names';
import type { Workload } from '../workload';
import { appLabels } from './appLabels';

/** Returns the volume claim for the results of an app. @param size - quantity, such as 1Gi */
export function desiredStore(workload: Workload, size: string): Desired {
  const { app: name } = workload;
  return desiredVolume(workload, { name, labels: appLabels(workload) }, size);
}

/** Returns a volume claim in an environment, which remembers the user whose files are on the volume. */
export function desiredVolume(
  { namespace, user }: Pick<Workload, 'namespace' | 'user'>,
  { labels, name }: { name: string; labels: Record<string, string> },
  size: string,
): Desired {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      namespace,
      labels,
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
