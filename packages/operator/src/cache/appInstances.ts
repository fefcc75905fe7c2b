import type { KubeObject, Pod } from '@bailiwick/backstage-kube-controller';
import {
  homeNamespace,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common';

/** Where an app runs. */
export interface AppInstance {
  tenant: string;
  environment: string;
  app: string;
  /** Namespace of the environment. */
  namespace: string;
}

/** Label by which Kubernetes tells of which Job a pod is. */
export const jobLabel = 'batch.kubernetes.io/job-name';

/** Key of an app in one environment: `<home>/<app>/<environment>`. */
export function instanceKey(
  home: string,
  app: string,
  environment: string,
): string {
  return `${home}/${app}/${environment}`;
}

/** The app and the environment to which an object belongs by its labels; pods of Jobs name the app otherwise. */
export function instanceKeysOf({ metadata }: KubeObject): string[] {
  const {
    [labels.tenant]: tenant,
    [labels.environment]: environment,
    [labels.name]: app,
  } = metadata.labels ?? {};
  return tenant && environment && app
    ? [instanceKey(homeNamespace(tenant), app, environment)]
    : [];
}

/** Name of the Job that made a pod, `undefined` for other pods. */
export function jobNameOf({ metadata }: Pod): string | undefined {
  return metadata.labels?.[jobLabel];
}
