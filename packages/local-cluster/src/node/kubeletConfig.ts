import { join } from 'node:path';
import { cellName } from '../network/cell';
import { CONTAINERD_SOCKET, type NodePlan } from './NodePlan';

/** Port of the kubelet's health endpoint on the node's address. */
export const KUBELET_HEALTH_PORT = 10248;

/** Processes and threads that a pod can have. */
export const podPidsLimit = 1024;

/** Writes the kubelet's configuration; the API server is asked about every caller. */
export function kubeletConfig(plan: NodePlan): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: plan.network.address,
    healthzBindAddress: plan.network.address,
    healthzPort: KUBELET_HEALTH_PORT,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: join(plan.pki, 'cluster-ca.crt') },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: join(plan.pki, 'kubelet.crt'),
    tlsPrivateKeyFile: join(plan.pki, 'kubelet.key'),
    containerRuntimeEndpoint: `unix://${CONTAINERD_SOCKET}`,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${cellName(plan.network)}`,
    failCgroupV1: false,
    failSwapOn: false,
    makeIPTablesUtilChains: false,
    clusterDNS: [plan.network.dnsService],
    clusterDomain: 'cluster.local',
    resolvConf: join(plan.config, 'resolv.conf'),
    podLogsDir: plan.podLogs,
    volumePluginDir: join(plan.kubeletData, 'volume-plugins'),
    // Images assembled on this machine could not be pulled again.
    imageGCHighThresholdPercent: 100,
    evictionHard: {
      'memory.available': '100Mi',
      'nodefs.available': '2%',
      'nodefs.inodesFree': '1%',
      'imagefs.available': '2%',
    },
    // Processes of a pod use no process IDs of other pods and of the machine.
    podPidsLimit,
    serializeImagePulls: false,
    logging: { verbosity: 1 },
  };
}

/** Writes kube-proxy's configuration; it must not touch limits of the machine. */
export function kubeProxyConfig(plan: NodePlan): object {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    bindAddress: plan.network.address,
    clientConnection: { kubeconfig: join(plan.pki, 'kube-proxy.kubeconfig') },
    clusterCIDR: plan.network.pods,
    conntrack: {
      maxPerCore: 0,
      min: 0,
      tcpCloseWaitTimeout: '0s',
      tcpEstablishedTimeout: '0s',
    },
    healthzBindAddress: `${plan.network.address}:10256`,
    hostnameOverride: plan.name,
    metricsBindAddress: '127.0.0.1:10249',
    mode: 'nftables',
  };
}
