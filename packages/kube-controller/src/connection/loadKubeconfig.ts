import { existsSync } from 'node:fs';
import { KubeConfig } from '@kubernetes/client-node';
import { KubeconfigError } from '../errors';

/** Where to find the API server and the credentials. */
export interface KubeconfigSource {
  /** File; `$KUBECONFIG`, `~/.kube/config` or the pod's service account when absent. */
  path?: string;
  /** Context in it; its current one when absent. */
  context?: string;
}

/**
 * Reads a kubeconfig and selects the context.
 *
 * @throws KubeconfigError when there is none or the context is unknown.
 */
export function loadKubeconfig({
  path,
  context,
}: KubeconfigSource): KubeConfig {
  const config = new KubeConfig();
  if (path && !existsSync(path)) {
    throw new KubeconfigError(`There is no kubeconfig at ${path}`);
  }
  try {
    if (path) config.loadFromFile(path);
    else config.loadFromDefault();
  } catch (error) {
    throw new KubeconfigError(
      `The kubeconfig cannot be read: ${(error as Error).message}`,
      error,
    );
  }
  const known = config.getContexts().map(({ name }) => name);
  if (context && !known.includes(context)) {
    throw new KubeconfigError(
      `The kubeconfig has no context "${context}"; it has: ${known.join(', ')}`,
    );
  }
  if (context) config.setCurrentContext(context);
  if (!config.getCurrentCluster()) {
    throw new KubeconfigError(
      'The kubeconfig selects no cluster; name a context, or set current-context in it',
    );
  }
  return config;
}
