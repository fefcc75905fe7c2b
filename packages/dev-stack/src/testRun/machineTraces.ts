import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Properties that identify the processes and files of a data folder's installation on the machine. */
export interface Footprint {
  dataDir: string;
  /** Names that its cluster alone has; none without a cell of its own. */
  cell?: { link: string; table: string; cgroup: string; networks: string[] };
}

/** Reads them while the data exists: the number of a cell is chosen at its first start. */
export function footprintOf(dataDir: string, clusterFolder: string): Footprint {
  const layout = join(clusterFolder, 'cell.json');
  return {
    dataDir,
    ...(existsSync(layout) && {
      cell: JSON.parse(readFileSync(layout, 'utf8')),
    }),
  };
}

/**
 * Returns the traces of one installation on a Linux machine: processes, mounts, links, routes, firewall tables and
 * control groups.
 *
 * @throws Error when a program that looks for them fails
 */
export async function traces({ cell, dataDir }: Footprint): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n');
  return [
    ...(await processes(dataDir)),
    ...mounts
      .filter(line => line.includes(dataDir))
      .map(line => `mount ${line}`),
    ...(cell ? await cellTraces(cell) : []),
  ];
}

async function cellTraces({
  cgroup,
  link,
  networks,
  table,
}: NonNullable<Footprint['cell']>): Promise<string[]> {
  const [links, routes, tables, cgroups] = await Promise.all([
    lines('ip', '-brief', 'link'),
    lines('ip', 'route'),
    lines('nft', 'list', 'tables'),
    lines('find', '/sys/fs/cgroup', '-type', 'd', '-name', cgroup),
  ]);
  return [
    ...links
      .map(line => line.split(/[@\s]/)[0])
      .filter(name => name === link)
      .map(name => `link ${name}`),
    ...routes
      .filter(line => networks.some(each => line.split(' ').includes(each)))
      .map(line => `route ${line}`),
    ...tables
      .filter(line => line.endsWith(` ${table}`))
      .map(line => `firewall ${line}`),
    ...cgroups.map(line => `control group ${line}`),
  ];
}

/** Lines that a program prints; a program that fails has found nothing out, which is no proof that nothing is left. */
async function lines(program: string, ...args: string[]): Promise<string[]> {
  return (await run(program, args)).stdout.split('\n').filter(Boolean);
}

/** Processes that run from the folder or were given it. */
async function processes(dataDir: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter(name =>
    /^\d+$/.test(name),
  )) {
    const [exe, line] = await Promise.all([
      readlink(`/proc/${pid}/exe`).catch(() => ''),
      readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
    ]);
    if (`${exe} ${line}`.includes(dataDir)) {
      found.push(`process ${pid} ${line.replaceAll('\0', ' ').slice(0, 120)}`);
    }
  }
  return found;
}
