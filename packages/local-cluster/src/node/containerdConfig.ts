import { dirname } from 'node:path';
import { CONTAINERD_SOCKET, type NodePlan } from './NodePlan';

/** These fail to load without a recent mkfs.erofs and would take the image services with them. */
const UNUSABLE = [
  'io.containerd.differ.v1.erofs',
  'io.containerd.snapshotter.v1.erofs',
  'io.containerd.mount-handler.v1.erofs',
];

/** Writes containerd's configuration, with every path inside the cluster's own folders. */
export function containerdConfig(plan: NodePlan): string {
  const cri = "plugins.'io.containerd.cri.v1";
  return `version = 4
root = '${plan.containerdData}'
state = '${dirname(CONTAINERD_SOCKET)}'
imports = []
disabled_plugins = [${UNUSABLE.map(each => `'${each}'`).join(', ')}]

[plugins.'io.containerd.server.v1.grpc']
  address = '${CONTAINERD_SOCKET}'

[${cri}.images']
  snapshotter = '${plan.snapshotter}'

[${cri}.images'.pinned_images]
  sandbox = '${plan.pauseImage}'

[${cri}.images'.registry]
  config_path = '${plan.config}/registries'

[${cri}.runtime']
  # The cell may not be allowed to make processes harder to kill than itself.
  restrict_oom_score_adj = true

[${cri}.runtime'.containerd.runtimes.runc]
  runtime_type = 'io.containerd.runc.v2'

[${cri}.runtime'.containerd.runtimes.runc.options]
  BinaryName = '${plan.runtime('runc')}'

[${cri}.runtime'.cni]
  bin_dirs = ['${dirname(plan.runtime('ptp'))}', '${dirname(plan.own('cell'))}']
  conf_dir = '${plan.config}/cni'
  use_internal_loopback = true

[plugins.'io.containerd.internal.v1.opt']
  path = '${plan.containerdData}/opt'

[plugins.'io.containerd.nri.v1.nri']
  disable = true
`;
}

/** Configures containerd to use plain HTTP for the cluster's own registry. */
export function registryHosts(plan: NodePlan): {
  host: string;
  content: string;
} {
  const host = `${plan.network.address}:${plan.registryPort}`;
  return {
    host,
    content: `server = 'http://${host}'

[host.'http://${host}']
  capabilities = ['pull', 'resolve']
`,
  };
}

/**
 * Writes the pod network: each pod hangs on a cable of its own, so that all its traffic passes the
 * node's firewall, where policies are enforced.
 */
export function cniConfig(plan: NodePlan): string {
  return JSON.stringify(
    {
      cniVersion: '1.0.0',
      name: 'bailiwick',
      plugins: [
        {
          type: 'ptp',
          ipMasq: false,
          ipam: {
            type: 'host-local',
            // Gone with the cell, as the pods' addresses are.
            dataDir: '/run/cni',
            ranges: [[{ subnet: plan.network.pods }]],
            routes: [{ dst: '0.0.0.0/0' }],
          },
        },
        // Lets the pod start only once its network policies are in force, and the gate is open.
        { type: 'cell', gate: plan.podGate },
      ],
    },
    null,
    2,
  );
}
