import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clusterCommand } from '../cluster/clusterProcess';
import { paths, type StackOptions } from '@bailiwick/backstage-cli';

/** The identities of our own processes, as Kubernetes users. */
const identities = ['portal', 'operator', 'gateway'] as const;

/** Creates a kubeconfig for each of our processes; those of an earlier start may belong to another cluster. */
export async function installIdentities(options: StackOptions): Promise<void> {
  const folder = paths(options).kubeconfigs;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await Promise.all(
    identities.map(name =>
      clusterCommand(options, 'identity', [
        `bailiwick:${name}`,
        '--out',
        join(folder, name),
      ]),
    ),
  );
}

/** Deletes the kubeconfigs of an earlier start, so that no process uses them. */
export function forgetIdentities(options: StackOptions): void {
  rmSync(paths(options).kubeconfigs, { recursive: true, force: true });
}
