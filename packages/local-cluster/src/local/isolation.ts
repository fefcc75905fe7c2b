import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePrograms } from '../binaries/ensurePrograms';
import { cellSet } from '../binaries/programSets';
import { ClusterError } from '../ClusterError';
import { replaceJson } from '../files';
import { cellName, linkName } from '../network/cell';
import type { ClusterNetwork } from '../network/ClusterNetwork';
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
export async function cellArguments(options: {
  name: string;
  paths: ClusterPaths;
  network: ClusterNetwork;
}): Promise<string[]> {
  const { name, paths, network } = options;
  const index = network.index ?? 0;
  await ensureDebianPackages({ nftables: 'nft' }, { report: () => {} });
  mkdirSync(cacheDir(), { recursive: true });
  const layout = {
    hostname: `bailiwick-${name}`,
    link: linkName(index),
    hostAddress: `${network.host}/30`,
    nodeAddress: `${network.address}/30`,
    networks: [network.services, network.pods],
    table: cellName(network),
    cgroup: cellName(network),
    keep: [paths.directory, cacheDir()],
  };
  replaceJson(layoutFile(paths), layout);
  return ['isolate', layoutFile(paths)];
}

/**
 * Removes what a cell left on the machine. Whoever held it open does so at its end; this is for the
 * case that it was killed.
 *
 * @throws ClusterError when this process may not
 */
export async function cleanMachine(paths: ClusterPaths): Promise<void> {
  if (!existsSync(layoutFile(paths))) return;
  const cell = await ensurePrograms(cellSet, { report: () => {} });
  try {
    await run(cell.path('cell'), ['clean', layoutFile(paths)], {
      environment: withSystemFolders(),
    });
  } catch (error) {
    throw new ClusterError(
      `The machine could not be cleaned up: ${(error as Error).message}`,
      'Run the same command as root.',
    );
  }
}
