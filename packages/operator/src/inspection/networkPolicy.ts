import type {
  ConditionState,
  ConfigMap,
  KubeObject,
} from '@bailiwick/backstage-kube-controller';

/** Condition of a Cluster: whether its network enforces NetworkPolicies. */
export const networkPolicyCondition = 'NetworkPolicyEnforced';

/** The fields of a DaemonSet that identify a network plugin. */
export interface DaemonSet extends KubeObject {
  spec?: {
    template?: {
      spec?: {
        hostNetwork?: boolean;
        containers?: { name: string; image?: string; args?: string[] }[];
      };
    };
  };
  status?: { numberReady?: number };
}

/** Facts about the network of a cluster. */
export interface NetworkFacts {
  /** Nodes that run Linux pods. */
  nodes: number;
  daemonSets: DaemonSet[];
  /** ConfigMaps in `kube-system` that configure network plugins, by name. */
  settings: Record<string, ConfigMap['data']>;
  /** Whether the cluster has an enforcer outside of Kubernetes. */
  hasOwnEnforcer: boolean;
}

/** Whether a cluster enforces NetworkPolicies. */
export type Enforcement = Pick<ConditionState, 'status' | 'reason' | 'message'>;

interface Plugin {
  title: string;
  daemonSet: RegExp;
  /** Returns why this installation does not enforce policies; `undefined` when it does. */
  reasonDisabled?: (
    daemonSet: DaemonSet,
    signs: NetworkFacts,
  ) => string | undefined;
}

/** Date tag of the first kindnet image (kind 0.24) that enforces policies. */
const kindnetEnforcesFrom = 20240813;

const plugins: Plugin[] = [
  { title: 'Calico', daemonSet: /^(calico-node|canal)$/ },
  {
    title: 'Cilium',
    daemonSet: /^(cilium|anetd)$/,
    reasonDisabled: (_, { settings }) =>
      settings['cilium-config']?.['enable-policy'] === 'never'
        ? 'enable-policy is "never" in ConfigMap cilium-config'
        : undefined,
  },
  { title: 'Antrea', daemonSet: /^antrea-agent$/ },
  { title: 'OVN-Kubernetes', daemonSet: /^ovnkube-node/ },
  { title: 'kube-network-policies', daemonSet: /^kube-network-policies/ },
  { title: 'Azure NPM', daemonSet: /^azure-npm/ },
  {
    title: 'kube-router',
    daemonSet: /^kube-router$/,
    reasonDisabled: daemonSet =>
      argumentsOf(daemonSet).includes('--run-firewall=false')
        ? '--run-firewall is false'
        : undefined,
  },
  {
    title: 'Weave Net',
    daemonSet: /^weave-net$/,
    reasonDisabled: daemonSet =>
      container(daemonSet, 'weave-npc')
        ? undefined
        : 'its container weave-npc is missing',
  },
  {
    title: 'kindnet',
    daemonSet: /^kindnet$/,
    reasonDisabled: daemonSet => {
      const image = container(daemonSet, 'kindnet-cni')?.image ?? '';
      const day = Number(/:v(\d{8})\b/.exec(image)?.[1] ?? 0);
      return day >= kindnetEnforcesFrom
        ? undefined
        : `kindnet supports enforcement since kind 0.24, and this cluster runs ${image}`;
    },
  },
  {
    title: 'The Amazon VPC CNI',
    daemonSet: /^aws-node$/,
    reasonDisabled: (daemonSet, { settings }) => {
      const agent = container(daemonSet, 'aws-eks-nodeagent');
      if (!agent?.args?.includes('--enable-network-policy=true')) {
        return 'its network policy agent is disabled (aws-eks-nodeagent --enable-network-policy)';
      }
      const key = 'enable-network-policy-controller';
      return settings['amazon-vpc-cni']?.[key] === 'false'
        ? `${key} is "false" in the ConfigMap amazon-vpc-cni`
        : undefined;
    },
  },
  {
    title: 'Flannel',
    daemonSet: /^kube-flannel/,
    reasonDisabled: () => 'it does not support them',
  },
];

/** Determines from the installed plugins whether the network enforces NetworkPolicies. */
export function readEnforcement(signs: NetworkFacts): Enforcement {
  if (signs.nodes === 0) {
    return unknown('NoNodes', 'No node is ready to run pods yet');
  }
  if (signs.hasOwnEnforcer) {
    return enforced('The local cluster enforces NetworkPolicies');
  }
  // Network plugins use the host network, which no tenant's pod may use.
  const system = signs.daemonSets.filter(
    ({ spec }) => spec?.template?.spec?.hostNetwork,
  );
  const found = plugins.flatMap(plugin => {
    const its = system.filter(({ metadata }) =>
      plugin.daemonSet.test(metadata.name),
    );
    return its.length > 0 ? [assessPlugin(plugin, its, signs)] : [];
  });
  return (
    found.find(({ status }) => status === 'True') ??
    found[0] ??
    unknown(
      'UnknownPlugin',
      'No network plugin with known NetworkPolicy support was found',
    )
  );
}

function assessPlugin(
  { title, reasonDisabled }: Plugin,
  daemonSets: DaemonSet[],
  signs: NetworkFacts,
): Enforcement {
  const [reason] = daemonSets.flatMap(
    one => reasonDisabled?.(one, signs) ?? [],
  );
  if (reason) {
    return notEnforced(
      'SwitchedOff',
      `${title} does not enforce NetworkPolicies: ${reason}`,
    );
  }
  // A plugin may have one DaemonSet per kind of node, such as `azure-npm` and `azure-npm-win`.
  const ready = daemonSets.reduce(
    (sum, { status }) => sum + (status?.numberReady ?? 0),
    0,
  );
  if (ready === 0) {
    return notEnforced(
      'NotRunning',
      `${title} supports NetworkPolicies, but none of its pods is ready`,
    );
  }
  if (ready < signs.nodes) {
    return unknown(
      'NotEverywhere',
      `${title} enforces NetworkPolicies on ${ready} of ${
        signs.nodes
      } nodes; check the pods of ${daemonSets.map(nameOf).join(' and ')}`,
    );
  }
  return enforced(`${title} enforces NetworkPolicies`);
}

function nameOf({ metadata }: DaemonSet): string {
  return `DaemonSet ${metadata.namespace}/${metadata.name}`;
}

function enforced(message: string): Enforcement {
  return { status: 'True', reason: 'Enforced', message };
}

function notEnforced(reason: string, message: string): Enforcement {
  return { status: 'False', reason, message };
}

function unknown(reason: string, message: string): Enforcement {
  return { status: 'Unknown', reason, message };
}

function containersOf({ spec }: DaemonSet) {
  return spec?.template?.spec?.containers ?? [];
}

function container(daemonSet: DaemonSet, name: string) {
  return containersOf(daemonSet).find(each => each.name === name);
}

function argumentsOf(daemonSet: DaemonSet): string[] {
  return containersOf(daemonSet).flatMap(({ args = [] }) => args);
}
