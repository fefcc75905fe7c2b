import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { readIfThere } from '../files';
import { layoutFile } from '../local/isolation';
import { clusterPaths } from '../paths';
import { tryRun } from '../process/run';

/** Lists the traces of a cluster on this machine: processes, mounts, rules, cgroups and its network link. */
export async function tracesOf(cluster: {
  name: string;
  dataDir: string;
}): Promise<string[]> {
  const { paths, layout } = layoutOf(cluster);
  if (!layout) return processesOf(cluster.dataDir);
  const tables = (await tryRun('nft', ['list', 'tables'])) ?? '';
  return [
    ...processesOf(cluster.dataDir),
    ...lines('/proc/self/mounts').filter(each =>
      each.includes(paths.directory),
    ),
    ...tables.split('\n').filter(each => each.endsWith(` ${layout.table}`)),
    ...cgroups(layout.cgroup),
    ...Object.keys(networkInterfaces()).filter(each => each === layout.link),
  ];
}

/** Returns the name of an isolated cluster on the machine; `undefined` for a control plane without nodes. */
function layoutOf({ name, dataDir }: { name: string; dataDir: string }) {
  const paths = clusterPaths(dataDir, name);
  const content = readIfThere(layoutFile(paths));
  const layout: { table: string; cgroup: string; link: string } | undefined =
    content && JSON.parse(content);
  return { paths, layout };
}

/** Tries to connect to an address: the code of the failure, or `connected`. */
export function tryToConnect(host: string, port: number): Promise<string> {
  return new Promise(resolve => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (how: string) => {
      socket.destroy();
      resolve(how);
    };
    socket.on('connect', () => end('connected'));
    socket.on('timeout', () => end('timeout'));
    socket.on('error', ({ code }: NodeJS.ErrnoException) => end(String(code)));
  });
}

function processesOf(dataDir: string): string[] {
  return readdirSync('/proc')
    .filter(each => /^\d+$/.test(each) && Number(each) !== process.pid)
    .map(pid => `${pid} ${commandLine(pid)}`)
    .filter(each => each.includes(dataDir));
}

function commandLine(pid: string): string {
  try {
    return (readIfThere(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ');
  } catch {
    return ''; // it ended between listing and reading
  }
}

function cgroups(name: string): string[] {
  const root = '/sys/fs/cgroup';
  const hierarchies = ['', ...readdirSync(root)].map(each => join(root, each));
  return hierarchies.flatMap(each => {
    try {
      return readdirSync(each).filter(entry => entry === name);
    } catch {
      return []; // a file, not a hierarchy
    }
  });
}

function lines(file: string): string[] {
  return (readIfThere(file) ?? '').split('\n').filter(Boolean);
}
