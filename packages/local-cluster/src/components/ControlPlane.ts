import type { ClusterNetwork } from '../network/ClusterNetwork';

/** Shared settings of the control plane's components. */
export interface ControlPlane
  extends Pick<ClusterNetwork, 'address' | 'pods' | 'ports' | 'services'> {
  /** Returns the path of a program by name. */
  program: (name: string) => string;
  /** Folder of certificates and component kubeconfigs. */
  pki: string;
  /** Folder of etcd's data. */
  etcdData: string;
  /** Whether data has to survive a crash of the whole machine. */
  durable: boolean;
  /** Unix socket of the proxy through which the API server reaches pods; absent when it does directly. */
  podProxy?: string;
}
