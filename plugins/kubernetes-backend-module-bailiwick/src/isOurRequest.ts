import { InputError } from '@backstage/errors';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Request } from 'express';
import { clusterNames } from './clusters';

/**
 * Decides who handles a request to the plugin's proxy. Requests for a cluster that only Bailiwick knows are ours. A
 * cluster that the portal configures by the same name is shared: there, only paths in the namespace of a tenant are
 * ours, of any API group.
 *
 * @param req - below `/proxy`; names its cluster in a header, unless the portal configures a single one
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
  const cluster =
    req.header('Backstage-Kubernetes-Cluster') ??
    (await onlyName(portalClusters));
  if (!cluster || !clusterNames({ lists }).includes(cluster)) return false;
  const namesTenant = decodePath(req.path)
    .split('/')
    .some(segment => isNamespaceOfTenant(segment, lists));
  if (namesTenant) return true;
  const isShared = (await portalClusters()).some(
    ({ name }) => name === cluster,
  );
  return !isShared;
}

/** Returns the portal's cluster if it has only one: the plugin sends requests without the header there. */
async function onlyName(
  portalClusters: () => Promise<readonly { name: string }[]>,
): Promise<string | undefined> {
  const [first, ...others] = await portalClusters();
  return others.length === 0 ? first?.name : undefined;
}

function isNamespaceOfTenant(
  name: string,
  { tenants }: Pick<KubernetesService['lists'], 'tenants'>,
): boolean {
  const [tenant, environment] = name.split('--');
  return Boolean(environment && tenants.get(tenant));
}

/** Decodes a path once, as the API server does. @throws InputError */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new InputError(`Path ${path} has an invalid percent-encoding`);
  }
}
