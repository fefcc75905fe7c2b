import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import {
  tryReadState,
  type ClusterState,
  lastLines,
} from '@bailiwick/backstage-local-cluster';
import { setTimeout as pause } from 'node:timers/promises';
import {
  clusterName,
  CommandError,
  paths,
  repositoryRoot,
  type StackOptions,
} from '@bailiwick/backstage-cli';
import { hasExited } from '../process/hasExited';
import type { StepReporter } from '../progress/StepReporter';

const program = [
  '--import',
  join(repositoryRoot, 'scripts/typescript.mjs'),
  join(repositoryRoot, 'packages/local-cluster/bin/bailiwick-cluster.mjs'),
];

/** Arguments that name the cluster of a data folder. */
function clusterArguments({ context, dataDir }: StackOptions): string[] {
  return [
    '--name',
    clusterName,
    '--data-dir',
    dataDir,
    ...(context ? ['--context', context] : []),
  ];
}

/** Starts the cluster as a child that ends when this process does. */
export function startCluster(options: StackOptions): ChildProcess {
  const { logs } = paths(options);
  mkdirSync(logs, { recursive: true });
  const output = openSync(join(logs, 'cluster.log'), 'a');
  const child = spawn(
    process.execPath,
    [
      ...program,
      'start',
      '--while-stdin-open',
      ...clusterArguments(options),
      '--kinds',
      join(repositoryRoot, 'charts/bailiwick/crds'),
      ...['--pod-gate', paths(options).podGate],
    ],
    { stdio: ['pipe', output, output], detached: true },
  );
  closeSync(output);
  return child;
}

/**
 * Runs a command of `bailiwick-cluster` and returns its output.
 *
 * @param signal - stops the command
 * @throws CommandError when the command fails; an AbortError when it was stopped
 */
export async function clusterCommand(
  options: StackOptions,
  command: string,
  args: string[],
  signal?: AbortSignal,
): Promise<string> {
  const child = spawn(
    process.execPath,
    [...program, command, ...clusterArguments(options), ...args],
    { signal },
  );
  let [out, err] = ['', ''];
  child.stdout.on('data', chunk => (out += chunk));
  child.stderr.on('data', chunk => (err += chunk));
  const code = await new Promise((resolve, reject) => {
    child.on('close', resolve).on('error', reject);
  });
  if (code !== 0) {
    // The command's last words are its message and, indented, its remedy.
    const [, message, remedy] = /^error: (.*)\n {2}(.*)$/m.exec(err) ?? [];
    throw new CommandError(
      message ?? `bailiwick-cluster ${command} failed: ${err || out}`.trim(),
      remedy ?? `See the log ${join(paths(options).logs, 'cluster.log')}.`,
    );
  }
  return out;
}

/**
 * Follows the cluster's start and reports each finished step; fulfilled when a step is done.
 *
 * @throws CommandError with the cluster's message when it fails
 */
export async function followCluster(
  options: StackOptions,
  child: ChildProcess,
  until: (state: ClusterState) => boolean,
  { reporter, signal }: { reporter: StepReporter; signal: AbortSignal },
): Promise<ClusterState> {
  for (;;) {
    // A damaged one is of an earlier start, and about to be replaced.
    const state = tryReadState(paths(options).clusterState);
    const fresh =
      state && state.supervisorPid === child.pid ? state : undefined;
    if (fresh) reporter.tell(fresh);
    if (fresh?.phase === 'failed' || hasExited(child)) {
      const log = join(paths(options).logs, 'cluster.log');
      throw new CommandError(
        fresh?.error?.message ??
          `The cluster could not be started:\n${lastLines(log, 6)}`,
        fresh?.error?.remedy ?? `The full log is in ${log}.`,
      );
    }
    if (fresh && until(fresh)) return fresh;
    await pause(200, undefined, { signal });
  }
}
