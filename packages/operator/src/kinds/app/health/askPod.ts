import type { KubeClient, Pod } from '@bailiwick/backstage-kube-controller';
import { runtimePort } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Maximum size of a pod's response in bytes. */
const maxBytes = 1024 * 1024;

/**
 * Sends a GET request to a pod through the API server's proxy, which most networks exempt from policies.
 *
 * @returns the JSON of the response
 * @throws KubeApiError, also for a pod that does not respond, and KubeConnectionError
 */
export function askPod(
  client: KubeClient,
  { metadata: { name, namespace } }: Pod,
  path: string,
  {
    port = runtimePort,
    ...options
  }: {
    port?: number;
    signal: AbortSignal;
    /** Milliseconds. */
    timeout: number;
  },
): Promise<unknown> {
  return client.request({
    path: `/api/v1/namespaces/${namespace}/pods/${name}:${port}/proxy${path}`,
    maxBytes,
    ...options,
  });
}
