import { createHash } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { readIfThere } from '../files';
import { ClusterError } from '../ClusterError';
import type { ClusterNetwork } from './ClusterNetwork';

const LAST_INDEX = 250;

/** Name of the host's end of the cable into cell `index`. */
export function linkName(index: number): string {
  return `bw-${index}`;
}

/**
 * Name of a cell's firewall table and control group; by number, so that clusters of one name in two
 * data folders do not meet.
 */
export function cellName({ index = 0 }: Pick<ClusterNetwork, 'index'>): string {
  return `bailiwick-${index}`;
}

/**
 * Returns whether the addresses of cell `index` are unused on this machine. Routes that reject packets to them are left
 * from the cell itself.
 */
export function isCellFree(index: number): boolean {
  return !takenIndexes(route => !route.refuses).has(index);
}

/**
 * Returns the network of a cell: two addresses of a virtual cable, and ranges for Services and pods. One number
 * distinguishes them from those of other cells.
 *
 * @param seed - spreads clusters over the numbers, so that a cluster rarely gets the number of a stopped one
 * @throws ClusterError when all numbers are in use
 */
export function cellNetwork(seed: string): ClusterNetwork {
  const taken = takenIndexes();
  const first =
    createHash('sha256').update(seed).digest().readUInt16BE() % LAST_INDEX;
  const all = Array.from(
    { length: LAST_INDEX },
    (_, i) => ((first + i) % LAST_INDEX) + 1,
  );
  const index = all.find(each => !taken.has(each));
  if (index === undefined) {
    throw new ClusterError(
      'All address ranges for local clusters (10.253.0.0/16 to 10.255.0.0/16) are in use here.',
      'Stop other local clusters, or remove routes to those ranges; ip route lists them.',
    );
  }
  return cellAt(index);
}

/** Returns the network of a cell by its number. */
export function cellAt(index: number): ClusterNetwork {
  return {
    index,
    address: `10.255.${index}.2`,
    host: `10.255.${index}.1`,
    services: `10.253.${index}.0/24`,
    pods: `10.254.${index}.0/24`,
    apiService: `10.253.${index}.1`,
    dnsService: `10.253.${index}.10`,
    ports: {
      etcd: 2379,
      etcdPeer: 2380,
      api: 6443,
      controllers: 10257,
      scheduler: 10259,
    },
  };
}

interface HostRoute {
  destination: string;
  /** Whether packets to it are refused. */
  refuses: boolean;
}

/** Returns the numbers whose addresses this machine uses, has a route to, or queries for names. */
function takenIndexes(
  counts: (route: HostRoute) => boolean = () => true,
): Set<number> {
  const addresses = Object.values(networkInterfaces()).flatMap(each =>
    (each ?? []).map(({ address }) => address),
  );
  const resolvers = readIfThere('/etc/resolv.conf') ?? '';
  const destinations = routes()
    .filter(counts)
    .map(({ destination }) => destination);
  const text = [...addresses, ...destinations, resolvers].join('\n');
  const found = text.matchAll(/\b10\.25[345]\.(\d{1,3})\.\d{1,3}\b/g);
  return new Set(Array.from(found, ([, index]) => Number(index)));
}

/** Flag of routes that refuse packets, `RTF_REJECT` of the kernel. */
const REJECT = 0x200;

/** Routes in the kernel's table, which holds addresses as little-endian hexadecimal numbers. */
function routes(): HostRoute[] {
  const table = readIfThere('/proc/net/route') ?? '';
  return table
    .split('\n')
    .slice(1)
    .map(line => line.split('\t'))
    .filter(([, destination]) => /^[0-9A-F]{8}$/.test(destination ?? ''))
    .map(([, hex, , flags]) => ({
      destination: [6, 4, 2, 0]
        .map(at => parseInt(hex.slice(at, at + 2), 16))
        .join('.'),
      refuses: (parseInt(flags, 16) & REJECT) !== 0,
    }));
}
