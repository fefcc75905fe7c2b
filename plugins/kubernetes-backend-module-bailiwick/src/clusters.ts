import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import type {
  App,
  Cluster,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';

/** What the tab is told of a cluster. */
export interface NamedCluster {
  name: string;
  title?: string;
}

/** Environments of an app that are on one cluster. */
interface ClusterPlace {
  cluster: NamedCluster;
  isOwn: boolean;
  environments: string[];
}

/** The cluster of the portal, by the Cluster that has no credentials; `local` before there is one. */
function ownCluster({ lists }: Pick<KubernetesService, 'lists'>): NamedCluster {
  const own = lists.clusters.list().find(({ spec }) => !spec.credentials);
  return own ? named(own) : { name: 'local' };
}

/** Another cluster by its name; `undefined` for the portal's own and for one that is not there. */
function otherCluster(
  { lists }: Pick<KubernetesService, 'lists'>,
  name: string | undefined,
): NamedCluster | undefined {
  const found = lists.clusters
    .list()
    .find(({ metadata }) => metadata.name === name);
  return found?.spec.credentials ? named(found) : undefined;
}

/** An app's environments by the cluster on which they are. */
export function byCluster(
  kubernetes: Pick<KubernetesService, 'lists'>,
  { spec }: App,
  tenant: Tenant | undefined,
): ClusterPlace[] {
  const places = new Map<string, ClusterPlace>();
  for (const { name } of spec.environments) {
    const place = tenant?.spec.environments.find(one => one.name === name);
    const other = otherCluster(kubernetes, place?.cluster);
    const cluster = other ?? ownCluster(kubernetes);
    const before = places.get(cluster.name)?.environments ?? [];
    places.set(cluster.name, {
      cluster,
      isOwn: other === undefined,
      environments: [...before, name],
    });
  }
  return [...places.values()];
}

/** The clusters of the Kubernetes plugin; none before the API server is known. */
export function clusterDetails(
  kubernetes: Pick<KubernetesService, 'lists' | 'server'>,
): ClusterDetails[] {
  const url = kubernetes.server();
  if (!url) return [];
  const others = kubernetes.lists.clusters
    .list()
    .filter(({ spec }) => spec.credentials)
    .map(cluster => ({
      ...named(cluster),
      // Only the portal's own lists and routes know the way there.
      url: `https://${cluster.metadata.name}.invalid`,
    }));
  return [{ ...ownCluster(kubernetes), url }, ...others].map(cluster => ({
    ...cluster,
    // Requests of the plugin's own go without any credentials; `serviceAccount` would lend everybody
    // those of the pod. What the tab asks for is answered by a router of ours.
    authMetadata: { 'kubernetes.io/auth-provider': 'localKubectlProxy' },
    skipMetricsLookup: true,
  }));
}

function named({ metadata, spec }: Cluster): NamedCluster {
  return { name: metadata.name, title: spec.title };
}
