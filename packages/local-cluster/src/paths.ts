import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Folder of this package, which holds the Go modules of the cluster's programs. */
export const packageFolder = resolve(import.meta.dirname, '..');

/** Returns the folder for the data of all clusters, without `--data-dir`. */
export function defaultDataDir(
  environment: NodeJS.ProcessEnv = process.env,
): string {
  return join(
    environment.XDG_DATA_HOME || join(homedir(), '.local', 'share'),
    'bailiwick',
  );
}

/** Returns the folder for programs and image layers, shared by clusters; safe to delete at any time. */
export function cacheDir(environment: NodeJS.ProcessEnv = process.env): string {
  return join(
    environment.XDG_CACHE_HOME || join(homedir(), '.cache'),
    'bailiwick',
  );
}

/** The places of one cluster's files. */
export interface ClusterPaths {
  /** Name of the cluster. */
  name: string;
  directory: string;
  state: string;
  lock: string;
  supervisorLog: string;
  logs: string;
  pki: string;
  kubeconfig: string;
  /** Configuration files, rewritten at each start. */
  config: string;
  network: string;
  /** Reference of each image loaded, by name. */
  images: string;
}

/** Lays out the folder of the cluster `name` under a data folder. */
export function clusterPaths(dataDir: string, name: string): ClusterPaths {
  const directory = join(resolve(dataDir), `cluster-${name}`);
  return {
    name,
    directory,
    state: join(directory, 'state.json'),
    lock: join(directory, 'supervisor.lock'),
    supervisorLog: join(directory, 'logs', 'supervisor.log'),
    logs: join(directory, 'logs'),
    pki: join(directory, 'pki'),
    kubeconfig: join(directory, 'admin.kubeconfig'),
    config: join(directory, 'config'),
    network: join(directory, 'network.json'),
    images: join(directory, 'images.json'),
  };
}

/** Arguments that run this package's command with the current Node. */
export const program = {
  node: process.execPath,
  arguments: [
    '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
    join(packageFolder, 'bin', 'bailiwick-cluster.mjs'),
  ],
};
