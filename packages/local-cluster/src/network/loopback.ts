import { createServer, type Server } from 'node:net';
import { ClusterError } from '../ClusterError';
import type { ClusterNetwork } from './ClusterNetwork';

/** Below the system's own range of dynamic ports, to avoid collisions. */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;
/** A guard, and the ports of the programs. */
const BLOCK = 6;
const ATTEMPTS = 200;

/**
 * Listeners on the first port of each block that this process chose. Programs open their ports seconds after the choice;
 * until this process ends, no other start can choose the same ones.
 */
const guards = new Set<Server>();

/** Returns the network of a control plane on the loopback address, on free ports. */
export async function loopbackNetwork(): Promise<ClusterNetwork> {
  const first = await reserveBlock();
  return {
    address: '127.0.0.1',
    host: '127.0.0.1',
    services: '10.253.0.0/16',
    pods: '10.254.0.0/24',
    apiService: '10.253.0.1',
    dnsService: '10.253.0.10',
    ports: {
      etcd: first + 1,
      etcdPeer: first + 2,
      api: first + 3,
      controllers: first + 4,
      scheduler: first + 5,
    },
  };
}

/** Returns whether all ports of a loopback network are free. */
export async function portsAreFree(network: ClusterNetwork): Promise<boolean> {
  return areFree(Object.values(network.ports));
}

/** Returns the first port of a block, on which this process listens. */
async function reserveBlock(): Promise<number> {
  const blocks = Math.floor((LAST_PORT - FIRST_PORT) / BLOCK);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const first = FIRST_PORT + BLOCK * Math.floor(Math.random() * blocks);
    const guard = await listen(first);
    if (!guard) continue;
    const others = Array.from({ length: BLOCK - 1 }, (_, at) => first + 1 + at);
    if (await areFree(others)) {
      guards.add(guard.unref());
      return first;
    }
    guard.close();
  }
  throw new ClusterError(
    `No free ports between ${FIRST_PORT} and ${LAST_PORT} on 127.0.0.1.`,
    'End programs that listen there; ss -ltn lists them.',
  );
}

async function areFree(ports: readonly number[]): Promise<boolean> {
  const free = await Promise.all(ports.map(isFree));
  return free.every(Boolean);
}

async function isFree(port: number): Promise<boolean> {
  const server = await listen(port);
  if (!server) return false;
  await new Promise(resolve => {
    server.close(resolve);
  });
  return true;
}

/** Listens on a port of the loopback address; returns `undefined` if it is taken. */
function listen(port: number): Promise<Server | undefined> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
