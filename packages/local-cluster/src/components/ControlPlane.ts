/** What the control plane's components have to know about each other. */
export interface ControlPlane {
  /** Gives the path of a program by name. */
  program: (name: string) => string;
  /** Address the API server listens on and is reached at. */
  address: string;
  ports: {
    etcd: number;
    etcdPeer: number;
    api: number;
    controllers: number;
    scheduler: number;
  };
  /** CIDR of Service addresses. */
  services: string;
  /** CIDR of pod addresses. */
  pods: string;
  /** Folder of certificates and component kubeconfigs. */
  pki: string;
  /** Folder of etcd's data. */
  etcdData: string;
  /** Whether data has to survive a crash of the whole machine. */
  durable: boolean;
  /** Unix socket of the proxy through which the API server reaches pods; absent when it does directly. */
  podProxy?: string;
}
