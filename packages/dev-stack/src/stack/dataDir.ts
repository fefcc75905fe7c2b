import { createFolder } from '@bailiwick/backstage-local-cluster';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CommandError,
  paths,
  type StackOptions,
} from '@bailiwick/backstage-cli';

const marker = '.bailiwick';
/** Longest path of a Unix socket in bytes, on Linux. */
const socketPathMax = 107;

/**
 * Marks a folder as one that holds the data of a Bailiwick and nothing else.
 *
 * @throws CommandError when it holds something else, or cannot be used
 */
export function markDataDir(options: StackOptions): void {
  const { dataDir } = options;
  checkLength(options);
  try {
    createFolder(dataDir);
    if (existsSync(join(dataDir, marker))) return;
    if (readdirSync(dataDir).length === 0) {
      writeFileSync(
        join(dataDir, marker),
        'npm run reset deletes this folder.\n',
      );
      return;
    }
  } catch (error) {
    throw new CommandError(
      `${dataDir} cannot be the data folder: ${(error as Error).message}.`,
      'Set --data-dir to a folder that you can write to.',
    );
  }
  throw new CommandError(
    `${dataDir} already contains other files.`,
    'Set --data-dir to an empty folder, or to one that does not exist yet.',
  );
}

/**
 * Checks that Bailiwick runs where it ran before: in the cluster, or on this machine. Otherwise there would be two portals
 * with different repositories.
 *
 * @throws CommandError if it ran elsewhere, or if a backup was not restored to the end
 */
export function checkPlace(options: StackOptions): void {
  const { chartValues, repositories, restoring } = paths(options);
  const { dataDir, inCluster } = options;
  if (existsSync(restoring))
    throw new CommandError(
      `A backup is being restored into ${dataDir}, or its restore was interrupted.`,
      `If it was interrupted, run: npm run reset -- --data-dir ${dataDir}. Then restore again.`,
    );
  if (inCluster && existsSync(repositories))
    throw new CommandError(
      `Bailiwick has run on this machine with the data folder ${dataDir}, not in the cluster.`,
      'Start it without --in-cluster, or set --data-dir to another folder.',
    );
  if (!inCluster && existsSync(chartValues))
    throw new CommandError(
      `Bailiwick runs in the cluster of the data folder ${dataDir}.`,
      'Start it with --in-cluster, or set --data-dir to another folder.',
    );
}

/** The kubelet listens on a socket below the data folder. */
function checkLength(options: StackOptions): void {
  const { dataDir } = options;
  const socket = join(
    paths(options).cluster,
    'kubelet/pod-resources/kubelet.sock',
  );
  const excess = Buffer.byteLength(socket) - socketPathMax;
  if (options.context || excess <= 0) return;
  throw new CommandError(
    `${dataDir} is ${excess} characters too long: the cluster creates sockets in this folder.`,
    'Set --data-dir to a shorter path.',
  );
}

/**
 * Whether there is a data folder to delete.
 *
 * @throws CommandError when the folder is not one of ours
 */
export function hasDataDir({ dataDir }: StackOptions): boolean {
  if (!existsSync(dataDir)) return false;
  if (existsSync(join(dataDir, marker))) return true;
  throw new CommandError(
    `${dataDir} is not a data folder of Bailiwick; nothing was deleted.`,
    'Check --data-dir and BAILIWICK_DATA_DIR.',
  );
}
