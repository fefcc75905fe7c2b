import type { KubeObject, Pod } from '@bailiwick/backstage-kube-controller';
import {
  homeNamespace,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** One app in one environment. */
export interface AppInstance {
  tenant: string;
  environment: string;
  app: string;
  /** Namespace of the environment. */
  namespace: string;
}

/** Label of Kubernetes on a pod with the name of its Job. */
export const jobLabel = 'batch.kubernetes.io/job-name';

/** Returns the key of an app in one environment: `<home>/<app>/<environment>`. */
export function instanceKey(
  home: string,
  app: string,
  environment: string,
): string {
  return `${home}/${app}/${environment}`;
}

/**
 * Returns the key of the app and environment in the labels of an object; pods of Jobs have only
 * the name label.
 */
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

/** Returns the name of the Job of a pod, `undefined` for other pods. */
export function jobNameOf({ metadata }: Pod): string | undefined {
  return metadata.labels?.[jobLabel];
}
