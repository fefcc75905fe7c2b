/** Addresses and ports of one cluster, chosen at its first start and kept. */
export interface ClusterNetwork {
  /** Where the API server listens, and what certificates are issued for. */
  address: string;
  /** The machine's own address on the cable into the cell. */
  host: string;
  /** Service and pod addresses, as CIDR. */
  services: string;
  pods: string;
  apiService: string;
  dnsService: string;
  ports: {
    etcd: number;
    etcdPeer: number;
    api: number;
    controllers: number;
    scheduler: number;
  };
  /** The cell's number on this machine; absent without a cell. */
  index?: number;
}
