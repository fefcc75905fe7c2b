import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePrograms } from '../binaries/ensurePrograms';
import { cellSet } from '../binaries/programSets';
import { ClusterError } from '../ClusterError';
import { parseObject, readIfThere, replaceJson } from '../files';
import { cellName, linkName } from '../network/cell';
import {
  isClusterNetwork,
  type ClusterNetwork,
} from '../network/ClusterNetwork';
import { cacheDir, type ClusterPaths } from '../paths';
import { run } from '../process/run';
import { withSystemFolders } from '../process/systemPath';
import { ensureDebianPackages } from '../system/debian';

/** Path of the file that lays out a cluster's cell. */
export function layoutFile(paths: ClusterPaths): string {
  return join(paths.directory, 'cell.json');
}

/**
 * Writes the layout of a cell; mirrors `Layout` in go/isolation/layout.go.
 *
 * @returns the arguments with which the cell program opens it
 */
export async function cellArguments(
  paths: ClusterPaths,
  network: ClusterNetwork,
): Promise<string[]> {
  await ensureDebianPackages({ nftables: 'nft' }, { report: () => {} });
  mkdirSync(cacheDir(), { recursive: true });
  writeLayout(paths, network);
  return ['isolate', layoutFile(paths)];
}

/** Returns the number of the cell in a cluster's layout; `undefined` when there is none, or it is damaged. */
export function cellIndex(paths: ClusterPaths): number | undefined {
  const { hostAddress } =
    parseObject<{ hostAddress?: unknown }>(
      readIfThere(layoutFile(paths)) ?? '',
    ) ?? {};
  const [, index] = /^10\.255\.(\d{1,3})\.1\/30$/.exec(`${hostAddress}`) ?? [];
  return index === undefined ? undefined : Number(index);
}

function writeLayout(paths: ClusterPaths, network: ClusterNetwork): void {
  replaceJson(layoutFile(paths), {
    hostname: `bailiwick-${paths.name}`,
    link: linkName(network.index ?? 0),
    hostAddress: `${network.host}/30`,
    nodeAddress: `${network.address}/30`,
    networks: [network.services, network.pods],
    table: cellName(network),
    cgroup: cellName(network),
    keep: [paths.directory, cacheDir()],
  });
}

/**
 * Removes the traces of a cell on the machine. Processes remove their own at their end; this covers killed ones.
 *
 * @param addresses - `hold`: the machine keeps rejecting packets to the cell's addresses, which would otherwise follow
 * its default route, because the cluster is about to restart; `release`: it stops
 * @throws ClusterError when this process lacks the rights
 */
export async function cleanMachine(
  paths: ClusterPaths,
  addresses: 'hold' | 'release',
): Promise<void> {
  if (!existsSync(layoutFile(paths))) return;
  if (cellIndex(paths) === undefined) {
    const network = parseObject<ClusterNetwork>(
      readIfThere(paths.network) ?? '',
    );
    if (!isClusterNetwork(network)) return; // nothing says what there was
    writeLayout(paths, network);
  }
  const release = addresses === 'release' ? ['release'] : [];
  const cell = await ensurePrograms(cellSet, { report: () => {} });
  try {
    await run(cell.path('cell'), ['clean', layoutFile(paths), ...release], {
      environment: withSystemFolders(),
    });
  } catch (error) {
    throw new ClusterError(
      `The machine could not be cleaned up: ${(error as Error).message}`,
      'Run the same command as root.',
    );
  }
}
