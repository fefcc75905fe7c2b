import { arch } from 'node:process';

/** Versions of the parts of a local cluster; go/go.mod pins the same ones. */
export const versions = {
  go: '1.26.8',
  kubernetes: '1.36.3',
  etcd: '3.6.8',
  containerd: '2.4.2',
  runc: '1.5.2',
  cniPlugins: '1.9.1',
  coredns: '1.13.1',
  registry: '3.1.2',
  kind: '0.33.0',
  kwok: '0.8.0',
  helm: '4.2.4',
  versitygw: '1.8.0',
  collector: '0.165.0',
  gitea: '1.26.0',
  kubeStateMetrics: '2.15.0',
} as const;

/** The oldest versions that are taken from the machine itself. */
export const oldestAccepted = {
  containerd: '2.0',
  runc: '1.2',
} as const;

/** The processor, as Go and images call it. */
export const machine = arch === 'arm64' ? 'arm64' : 'amd64';

/** Compares dotted numbers: is `version` at least `least`? */
export function isAtLeast(version: string, least: string): boolean {
  const [left, right] = [version, least].map(each =>
    each.split('.').map(Number),
  );
  for (let i = 0; i < right.length; i++) {
    if ((left[i] ?? 0) !== right[i]) return (left[i] ?? 0) > right[i];
  }
  return true;
}
