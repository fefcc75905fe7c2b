import { readState } from '@bailiwick/backstage-local-cluster';
import {
  addresses,
  CommandError,
  isRunning,
  parseFlags,
  paths,
  readStackState,
  type StackFlags,
  stackOptions,
} from '@bailiwick/backstage-cli';
import { OutageDetector } from '../demo/OutageDetector';
import { playMainPath } from '../demo/playMainPath';
import { Playbook, StoppedHere } from '../demo/Playbook';

/** `npm run demo`: plays the main path against a running Bailiwick and checks each answer. */
export async function demo(args: string[]): Promise<number> {
  const { values } = parseFlags<
    StackFlags & { json?: boolean; until?: string; archetypes?: boolean }
  >('demo', args);
  const options = stackOptions(values);
  const { clusterState, state: stateFile } = paths(options);
  const state = readStackState(stateFile);
  if (!isRunning(state)) {
    throw new CommandError(
      `Bailiwick is not responding at ${
        addresses(options).portal
      }. Is npm start running?`,
      'Start it first, with the same --data-dir: npm start -- --detach',
    );
  }
  if (!state.ready) {
    throw new CommandError(
      'Bailiwick is not ready yet.',
      'Wait until npm start reports that everything is ready; npm run status shows the progress.',
    );
  }
  const { gateway, portal } = state.addresses;
  const cluster = readState(clusterState);
  const outages = new OutageDetector(state, [
    portal,
    gateway,
    // Others may be reached through a proxy.
    ...(cluster?.provider === 'local' ? [cluster.server] : []),
  ]);
  await outages.check();
  const play = new Playbook(line => process.stderr.write(`${line}\n`), {
    until: values.until,
    signal: outages.signal,
  });
  let failure: Error | undefined;
  try {
    await outages.during(() =>
      playMainPath(play, state, { all: values.archetypes }),
    );
  } catch (error) {
    if (error instanceof StoppedHere) return 0;
    failure = error as Error;
  }
  report(play, { isJson: values.json ?? false, ok: !failure });
  if (!failure && values.until)
    throw new CommandError(
      `The demo has no step “${values.until}”, so everything was played.`,
      'Copy the name of a step from the output above, without its time.',
    );
  if (!failure) return 0;
  await outages.check();
  // The wrong result was reported with its step.
  if (play.steps.at(-1)?.ok !== false) throw failure;
  return 1;
}

function report(
  { steps }: Playbook,
  { isJson, ok }: { isJson: boolean; ok: boolean },
): void {
  const totalMs = steps.reduce((sum, { ms }) => sum + ms, 0);
  if (isJson) {
    process.stdout.write(`${JSON.stringify({ ok, steps, totalMs })}\n`);
  } else {
    process.stderr.write(
      `${ok ? 'All steps passed' : 'Some steps failed'} (${(
        totalMs / 1000
      ).toFixed(1)} s)\n`,
    );
  }
}
