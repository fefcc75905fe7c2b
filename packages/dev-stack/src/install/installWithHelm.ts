import {
  CommandError,
  paths,
  repositoryRoot,
  type StackOptions,
} from '@bailiwick/backstage-cli';
import { ensureHelm } from '@bailiwick/backstage-local-cluster';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Name of the release, and of the namespace with Helm's records. */
const release = 'bailiwick';

/** Cluster, credentials and values of an installation. */
export interface HelmInstallation {
  /** Path of an administrator's kubeconfig. */
  kubeconfig: string;
  values: object;
  report: (detail: string) => void;
  signal: AbortSignal;
}

/**
 * Installs the chart, or upgrades it. Does not wait for pods.
 *
 * @throws CommandError with Helm's message
 */
export async function installWithHelm(
  options: StackOptions,
  { kubeconfig, report, signal, values }: HelmInstallation,
): Promise<void> {
  const helm = await ensureHelm({ report, signal });
  const file = paths(options).chartValues;
  writeFileSync(file, JSON.stringify(values, null, 2), { mode: 0o600 });
  const { context } = options;
  try {
    await run(
      helm,
      [
        ...['upgrade', '--install', release],
        join(repositoryRoot, 'charts/bailiwick'),
        ...['--namespace', release, '--create-namespace'],
        ...['--kubeconfig', kubeconfig, '--values', file],
        ...(context ? ['--kube-context', context] : []),
      ],
      { signal },
    );
  } catch (error) {
    signal.throwIfAborted();
    const { message, stderr } = error as Error & { stderr?: string };
    throw new CommandError(
      `Helm cannot install the chart: ${(stderr ?? message).trim()}`,
      `Correct the problem, then start again. The values are in ${file}; the log of the cluster is in ${
        paths(options).logs
      }.`,
    );
  }
}
