import { setTimeout as pause } from 'node:timers/promises';
import {
  clusterName,
  isRunning,
  parseFlags,
  paths,
  readStackState,
  removeStackState,
  type StackFlags,
  type StackOptions,
  stackOptions,
} from '@bailiwick/backstage-cli';
import { stopCluster } from '@bailiwick/backstage-local-cluster';

const patienceMs = 40_000;

/** Ends what runs for a data folder, also what a killed supervisor left. */
export async function stopStack(options: StackOptions): Promise<boolean> {
  const { state: stateFile } = paths(options);
  const state = readStackState(stateFile);
  const wasRunning = isRunning(state);
  if (wasRunning) {
    process.kill(state.pid, 'SIGTERM');
    for (
      let waited = 0;
      isRunning(state) && waited < patienceMs;
      waited += 100
    ) {
      await pause(100);
    }
    if (isRunning(state)) process.kill(state.pid, 'SIGKILL');
  }
  await stopCluster(options.dataDir, clusterName);
  removeStackState(stateFile);
  return wasRunning;
}

/** `npm stop`. */
export async function stop(args: string[]): Promise<number> {
  const { values } = parseFlags<StackFlags>('stop', args);
  const wasRunning = await stopStack(stackOptions(values));
  process.stderr.write(
    wasRunning
      ? 'Bailiwick is stopped; its data stays.\n'
      : 'Bailiwick does not run.\n',
  );
  return 0;
}
