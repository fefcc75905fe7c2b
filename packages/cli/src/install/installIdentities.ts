import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { clusterCommand } from '../stack/clusterProcess';
import { paths } from '../stack/layout';
import type { StackOptions } from '../stack/StackOptions';

/** The identities of our own processes, as Kubernetes users. */
const identities = ['portal', 'operator', 'gateway'] as const;

/** Makes a kubeconfig for each of our processes that has none yet. */
export async function installIdentities(options: StackOptions): Promise<void> {
  const folder = paths(options).kubeconfigs;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const missing = identities.filter(name => !existsSync(join(folder, name)));
  await Promise.all(
    missing.map(name =>
      clusterCommand(options, 'identity', [
        `bailiwick:${name}`,
        '--out',
        join(folder, name),
      ]),
    ),
  );
}
