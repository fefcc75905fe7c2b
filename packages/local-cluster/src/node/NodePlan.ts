import type { ClusterNetwork } from '../network/ClusterNetwork';

/** Shared settings of the node's components. */
export interface NodePlan {
  /** The node's name. */
  name: string;
  network: ClusterNetwork;
  /** Returns the path of a container runtime program by name. */
  runtime: (name: string) => string;
  /** Returns the path of a Kubernetes program by name. */
  kubernetes: (name: string) => string;
  /** Returns the path of one of our own programs. */
  own: (name: string) => string;
  pki: string;
  /** Folder for configuration files. */
  config: string;
  /** Folder of the kubelet's state. */
  kubeletData: string;
  /** Folder of images and containers. */
  containerdData: string;
  /** Folder of container logs. */
  podLogs: string;
  /** `overlayfs`, or `native` where the file system cannot carry overlays. */
  snapshotter: string;
  /** Image that holds a pod's namespaces open. */
  pauseImage: string;
  /** Name servers that pods are given for names outside the cluster. */
  nameservers: string[];
  registryPort: number;
  /** File that allows pods to start, except for system pods; without it, pods start at once. */
  podGate?: string;
}

/** Socket of containerd, inside the cell. */
export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock';
