import { findOnPath } from '../process/findOnPath';
import { tryRun } from '../process/run';
import { isAtLeast, oldestAccepted, versions } from './versions';

const servers = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
];

/** Returns the Kubernetes servers of this machine, if all have exactly our version. */
export async function kubernetesOnPath(): Promise<
  Map<string, string> | undefined
> {
  const found = await collect(servers, output =>
    output.includes(`v${versions.kubernetes}`),
  );
  const etcd = await collect(['etcd'], output =>
    /etcd Version: 3\.[56]\./.test(output),
  );
  const kubectl = await collect(
    ['kubectl'],
    output => output.includes(`v${versions.kubernetes}`),
    ['version', '--client'],
  );
  return found && etcd && kubectl && new Map([...found, ...etcd, ...kubectl]);
}

/** The container runtime of this machine, if it is new enough. */
export async function runtimeOnPath(): Promise<
  Map<string, string> | undefined
> {
  const newEnough = (least: string) => (output: string) => {
    const version = /\bv?(\d+\.\d+\.\d+)/.exec(output)?.[1];
    return version !== undefined && isAtLeast(version, least);
  };
  const containerd = await collect(
    ['containerd', 'ctr'],
    newEnough(oldestAccepted.containerd),
  );
  const runc = await collect(['runc'], newEnough(oldestAccepted.runc));
  const shim = findOnPath('containerd-shim-runc-v2');
  const plugins = ['ptp', 'host-local'].map(
    name => [name, findOnPath(name, ['/opt/cni/bin', '/usr/lib/cni'])] as const,
  );
  if (!containerd || !runc || !shim) return undefined;
  const found = new Map([
    ...containerd,
    ...runc,
    ['containerd-shim-runc-v2', shim],
  ]);
  for (const [name, path] of plugins) {
    if (!path) return undefined;
    found.set(name, path);
  }
  return found;
}

async function collect(
  programs: string[],
  accepts: (output: string) => boolean,
  versionArguments = ['--version'],
): Promise<Map<string, string> | undefined> {
  const found = new Map<string, string>();
  for (const program of programs) {
    const path = findOnPath(program);
    const output = path && (await tryRun(path, versionArguments));
    if (!path || !output || !accepts(output)) return undefined;
    found.set(program, path);
  }
  return found;
}
