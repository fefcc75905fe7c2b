/** Addresses and ports of one cluster, chosen at its first start and kept. */
export interface ClusterNetwork {
  /** Listen address of the API server, which its certificates contain. */
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

/** Whether an object read from a file has all addresses and ports of a network. */
export function isClusterNetwork(
  value: Partial<ClusterNetwork> | undefined,
): value is ClusterNetwork {
  if (!value) return false;
  const { address, apiService, dnsService, host, index, pods, services } =
    value;
  const { api, controllers, etcd, etcdPeer, scheduler } = value.ports ?? {};
  return (
    [address, apiService, dnsService, host, pods, services].every(
      each => typeof each === 'string',
    ) &&
    [api, controllers, etcd, etcdPeer, scheduler].every(Number.isInteger) &&
    (index === undefined || Number.isInteger(index))
  );
}
