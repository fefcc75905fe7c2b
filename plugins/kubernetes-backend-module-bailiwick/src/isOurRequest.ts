import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import { clusterNames } from './clusters';

/**
 * Decides who answers a request to the plugin's proxy. Requests for a cluster that only Bailiwick knows are ours. A
 * cluster that the portal configures by the same name is shared: there, only namespaces of tenants are ours.
 *
 * @param req - below `/proxy`; names its cluster in a header
 */
export async function isOurRequest(
  req: Pick<Request, 'header' | 'path'>,
  {
    lists,
    portalClusters,
  }: {
    lists: Pick<KubernetesService['lists'], 'clusters' | 'tenants'>;
    /** Fetches the clusters that the portal configures itself. */
    portalClusters(): Promise<readonly { name: string }[]>;
  },
): Promise<boolean> {
  const cluster = req.header('Backstage-Kubernetes-Cluster');
  if (
    !cluster ||
    !clusterNames({ lists } as KubernetesService).includes(cluster)
  )
    return false;
  const [, namespace] =
    /^\/api\/v1\/namespaces\/([^/]+)\//.exec(req.path) ?? [];
  const [tenant, environment] = namespace?.split('--') ?? [];
  if (environment && lists.tenants.get(tenant)) return true;
  const isShared = (await portalClusters()).some(
    ({ name }) => name === cluster,
  );
  return !isShared;
}
