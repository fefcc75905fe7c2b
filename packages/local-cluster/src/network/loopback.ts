import { createServer } from 'node:net';
import { ClusterError } from '../ClusterError';
import type { ClusterNetwork } from './ClusterNetwork';

/** Below the system's own range of dynamic ports, to avoid collisions. */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;
const ATTEMPTS = 200;

/** Returns the network of a control plane on the loopback address, on free ports. */
export async function loopbackNetwork(): Promise<ClusterNetwork> {
  const ports = await freePorts(5);
  const [etcd, etcdPeer, api, controllers, scheduler] = ports;
  return {
    address: '127.0.0.1',
    host: '127.0.0.1',
    services: '10.253.0.0/16',
    pods: '10.254.0.0/24',
    apiService: '10.253.0.1',
    dnsService: '10.253.0.10',
    ports: { etcd, etcdPeer, api, controllers, scheduler },
  };
}

/** Returns whether all ports of a loopback network are free. */
export async function portsAreFree(network: ClusterNetwork): Promise<boolean> {
  const free = await Promise.all(Object.values(network.ports).map(isFree));
  return free.every(Boolean);
}

async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  for (let attempt = 0; attempt < ATTEMPTS && found.size < count; attempt++) {
    const port =
      FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  if (found.size < count) {
    throw new ClusterError(
      `No free ports between ${FIRST_PORT} and ${LAST_PORT} on 127.0.0.1.`,
      'End programs that listen there; ss -ltn lists them.',
    );
  }
  return [...found];
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
