import {
  cacheDir,
  clusterPaths,
  withLock,
} from '@bailiwick/backstage-local-cluster';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import {
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  stat,
  utimes,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chart, type ChartFolder } from './installChart';

const run = promisify(execFile);

/** Increased when snapshots are created differently. */
const format = 2;
/** Snapshots of older charts that are kept. */
const kept = 6;
/** Parts of a snapshot: the data of etcd, and the authorities that signed its content. */
const parts = ['etcd', 'pki'];

const folder = join(cacheDir(), 'test-snapshots');
const versions = join(chart, '../../packages/local-cluster/src/binaries');

/** Content of a snapshot. */
export interface Installation {
  folders: readonly ChartFolder[];
  /** Whether Kubernetes' own controllers have seen it. */
  controllerManager: boolean;
}

function keyOf({ controllerManager, folders }: Installation): string {
  const hash = createHash('sha256').update(
    `${format} ${folders} ${controllerManager}`,
  );
  const files = [
    join(versions, 'versions.ts'),
    ...folders.flatMap(each => globSync(join(chart, each, '*.yaml')).sort()),
  ];
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** Copies folders, with holes where files have only zeros: etcd reserves far more than it writes. */
async function copy(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const sources = parts.map(part => join(from, part));
  const sparse = process.platform === 'linux' ? ['--sparse=always'] : [];
  await run('cp', ['-R', ...sparse, ...sources, to]);
}

/**
 * Prepares the data folder of a control plane on loopback so that the control plane starts with folders of the
 * chart installed. The first call for a chart installs it on a control plane of its own and keeps a snapshot in the
 * cache; later ones copy that snapshot. Processes that ask at the same time wait for one of them.
 *
 * @param install - starts a control plane in an empty data folder, installs the folders, and stops it
 */
export async function restoreChart(
  installation: Installation,
  target: { dataDir: string; name: string },
  install: (dataDir: string, installation: Installation) => Promise<void>,
): Promise<void> {
  const snapshot = join(folder, keyOf(installation));
  if (!existsSync(snapshot)) {
    await mkdir(folder, { recursive: true });
    await withLock(`${snapshot}.lock`, async () => {
      if (!existsSync(snapshot))
        await take(snapshot, target.name, into => install(into, installation));
    });
  }
  // Before the copy, so that no other process removes the snapshot as an old one meanwhile.
  const now = new Date();
  await utimes(snapshot, now, now);
  const { directory } = clusterPaths(target.dataDir, target.name);
  await copy(snapshot, directory);
}

async function take(
  snapshot: string,
  name: string,
  install: (dataDir: string) => Promise<void>,
): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'test-snapshot-'));
  const unfinished = `${snapshot}.unfinished`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await install(dataDir);
    await copy(clusterPaths(dataDir, name).directory, unfinished);
    await rename(unfinished, snapshot);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
  await removeOld();
}

/** Removes the snapshots that were used longest ago; other processes may do the same at the same time. */
async function removeOld(): Promise<void> {
  const names = await readdir(folder);
  const all = await Promise.all(
    names
      .filter(name => !/\.(lock|unfinished)$/.test(name))
      .map(async name => {
        const path = join(folder, name);
        const found = await stat(path).catch(() => undefined);
        return found ? [{ path, used: found.mtimeMs }] : [];
      }),
  );
  const old = all
    .flat()
    .sort((a, b) => b.used - a.used)
    .slice(kept);
  for (const { path } of old) await rm(path, { recursive: true, force: true });
}
