import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Lines that a program prints, none when it is not there. */
async function lines(program: string, ...args: string[]): Promise<string[]> {
  try {
    return (await run(program, args)).stdout.split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

/** Programs that a Bailiwick starts, by the path of their executable or their arguments. */
async function processes(): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter(name =>
    /^\d+$/.test(name),
  )) {
    const [exe, line] = await Promise.all([
      readlink(`/proc/${pid}/exe`).catch(() => ''),
      readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
    ]);
    if (/\/bailiwick\/bin\/|bailiwick-e2e-/.test(`${exe} ${line}`)) {
      found.push(`process ${pid} ${line.replaceAll('\0', ' ').slice(0, 120)}`);
    }
  }
  return found;
}

/**
 * What a cluster could leave behind on a Linux machine: processes, mounts, network namespaces,
 * links, routes, firewall tables and control groups.
 */
export async function traces(): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const mounts = (await readFile('/proc/self/mounts', 'utf8'))
    .split('\n')
    .filter(Boolean);
  const cgroups = await lines(
    'find',
    '/sys/fs/cgroup',
    '-type',
    'd',
    '-name',
    '*bailiwick*',
  );
  return [
    ...(await processes()),
    ...mounts
      .filter(line => /bailiwick|containerd|kubelet/.test(line))
      .map(line => `mount ${line}`),
    ...(await lines('ip', 'netns', 'list')).map(
      line => `network namespace ${line}`,
    ),
    ...(await lines('ip', '-brief', 'link')).map(
      line => `link ${line.split(/\s+/)[0]}`,
    ),
    ...(await lines('ip', 'route')).map(line => `route ${line}`),
    ...(await lines('nft', 'list', 'tables')).map(line => `firewall ${line}`),
    ...cgroups.map(line => `control group ${line}`),
  ];
}
