import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import {
  clusterName,
  parseFlags,
  paths,
  removeStackState,
  type StackFlags,
  type StackOptions,
  stackOptions,
} from '@bailiwick/backstage-cli';
import { stopCluster } from '@bailiwick/backstage-local-cluster';
import { stackProcess } from '../stack/stackLock';

const timeoutMs = 40_000;

/** Stops the processes of a data folder, including those that a killed supervisor left. */
export async function stopStack(options: StackOptions): Promise<boolean> {
  const { lock, state } = paths(options);
  let wasRunning = false;
  // One that starts in the background is followed by the process that it hands its claim to.
  for (;;) {
    const pid = stackProcess(options);
    if (pid === undefined) break;
    wasRunning = true;
    await end(pid, () => stackProcess(options) === pid);
  }
  await stopCluster(options.dataDir, clusterName);
  removeStackState(state);
  // A start that came meanwhile keeps its claim.
  if (stackProcess(options) === undefined) rmSync(lock, { force: true });
  return wasRunning;
}

async function end(pid: number, isRunning: () => boolean): Promise<void> {
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; isRunning() && waited < timeoutMs; waited += 100)
    await pause(100);
  if (isRunning()) process.kill(pid, 'SIGKILL');
  while (isRunning()) await pause(100);
}

/** `npm stop`. */
export async function stop(args: string[]): Promise<number> {
  const { values } = parseFlags<StackFlags>('stop', args);
  const wasRunning = await stopStack(stackOptions(values));
  process.stderr.write(
    wasRunning
      ? 'Bailiwick is stopped; its data is kept.\n'
      : 'Bailiwick is not running.\n',
  );
  return 0;
}
