import {
  coreKinds,
  ignoreNotFound,
  type ConfigMap,
  type KubeObject,
  type Node,
  type ResourceClient,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import type { InspectedCluster } from './InspectedCluster';
import {
  readEnforcement,
  type DaemonSet,
  type Enforcement,
} from './networkPolicy';

const daemonSetKind: ResourceType<DaemonSet> = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  scope: 'Namespaced',
};

/** ConfigMaps of network plugins that show whether policies are enforced. */
const settingNames = ['amazon-vpc-cni', 'cilium-config'];
/** ClusterRoleBinding of the local cluster's enforcer, which runs beside the kubelet. */
const ownEnforcer = 'bailiwick:network-policy';

/** Determines whether the network of a cluster enforces NetworkPolicies. */
export async function inspectNetwork(
  { caches, client }: InspectedCluster,
  signal: AbortSignal,
): Promise<Enforcement> {
  const configMaps = client.resource<ConfigMap>(coreKinds.configMaps);
  const namespace = 'kube-system';
  const [daemonSets, binding, ...settings] = await Promise.all([
    client.resource(daemonSetKind).list({ signal }),
    find(client.resource(coreKinds.clusterRoleBindings), ownEnforcer, signal),
    ...settingNames.map(name => find(configMaps, name, signal, namespace)),
  ]);
  return readEnforcement({
    nodes: caches.nodes.list().filter(runsLinux).length,
    daemonSets,
    hasOwnEnforcer: binding !== undefined,
    settings: Object.fromEntries(
      settingNames.map((name, index) => [name, settings[index]?.data]),
    ),
  });
}

/** Functions run on Linux; Windows nodes have network plugins of their own. */
function runsLinux({ metadata }: Node): boolean {
  return metadata.labels?.['kubernetes.io/os'] !== 'windows';
}

async function find<T extends KubeObject>(
  resource: ResourceClient<T>,
  name: string,
  signal: AbortSignal,
  namespace?: string,
): Promise<T | undefined> {
  return resource.get(name, { namespace, signal }).catch(ignoreNotFound);
}
