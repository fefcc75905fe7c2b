import type {
  App,
  Cluster,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';

/** The watched clusters. */
interface ClusterLists {
  lists: Pick<KubernetesService['lists'], 'clusters'>;
}

/** Data of a cluster for the tab. */
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
function ownCluster({ lists }: ClusterLists): NamedCluster {
  const own = lists.clusters.list().find(({ spec }) => !spec.credentials);
  return own ? named(own) : { name: 'local' };
}

/** Another cluster by its name; `undefined` for the portal's own and for one that is not there. */
function otherCluster(
  { lists }: ClusterLists,
  name: string | undefined,
): NamedCluster | undefined {
  const found = lists.clusters
    .list()
    .find(({ metadata }) => metadata.name === name);
  return found?.spec.credentials ? named(found) : undefined;
}

/** An app's environments by the cluster on which they are. */
export function byCluster(
  kubernetes: ClusterLists,
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

/** A cluster as the plugin's `/clusters` lists it. */
export interface ListedCluster extends NamedCluster {
  authProvider: string;
}

/** Returns the names of the clusters that Bailiwick serves, whether they respond or not. */
export function clusterNames(kubernetes: ClusterLists): string[] {
  return ourClusters(kubernetes).map(({ name }) => name);
}

/** Returns the entries of Bailiwick's clusters in `/clusters`; none before the API server is known. */
export function listedClusters(
  kubernetes: Pick<KubernetesService, 'lists' | 'server'>,
): ListedCluster[] {
  if (!kubernetes.server()) return [];
  return ourClusters(kubernetes).map(cluster => ({
    ...cluster,
    // The only provider for which the tab requests no token from the reader.
    authProvider: 'localKubectlProxy',
  }));
}

function ourClusters(kubernetes: ClusterLists): NamedCluster[] {
  const others = kubernetes.lists.clusters
    .list()
    .filter(({ spec }) => spec.credentials);
  return [ownCluster(kubernetes), ...others.map(named)];
}

function named({ metadata, spec }: Cluster): NamedCluster {
  return { name: metadata.name, title: spec.title };
}
