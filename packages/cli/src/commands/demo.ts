import { CommandError } from '../CommandError';
import { playMainPath } from '../demo/mainPath';
import { Playbook, StoppedHere } from '../demo/Playbook';
import { paths } from '../stack/layout';
import { isRunning, readStackState } from '../stack/StackState';
import { parseFlags, stackOptions, type StackFlags } from './stackOptions';

/** `npm run demo`: plays the main path against a running Bailiwick and checks each answer. */
export async function demo(args: string[]): Promise<number> {
  const { values } = parseFlags<
    StackFlags & { json?: boolean; until?: string }
  >('demo', args);
  const state = readStackState(paths(stackOptions(values)).state);
  if (!isRunning(state) || !state.ready) {
    throw new CommandError(
      'The demo needs a running Bailiwick, and none is ready for this data folder.',
      'Start one first: npm start -- --detach',
    );
  }
  const play = new Playbook(
    line => process.stderr.write(`${line}\n`),
    values.until,
  );
  let ok = true;
  try {
    await playMainPath(play, state);
  } catch (error) {
    if (error instanceof StoppedHere) return 0;
    ok = false;
    if (play.steps.at(-1)?.ok !== false) throw error;
  }
  const totalMs = play.steps.reduce((sum, { ms }) => sum + ms, 0);
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ ok, steps: play.steps, totalMs })}\n`,
    );
  } else {
    process.stderr.write(
      `${ok ? 'All' : 'Not all'} steps are right (${(totalMs / 1000).toFixed(
        1,
      )} s)\n`,
    );
  }
  return ok ? 0 : 1;
}
