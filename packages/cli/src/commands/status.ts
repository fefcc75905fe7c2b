import { paths } from '../stack/layout';
import { isRunning, readStackState } from '../stack/StackState';
import { parseFlags, stackFlags, stackOptions } from './stackOptions';

/** `npm run status`: what runs where; exit code 0 only when everything is ready. */
export async function status(args: string[]): Promise<number> {
  const { values } = parseFlags(args, {
    ...stackFlags,
    json: { type: 'boolean' },
  });
  const options = stackOptions(values);
  const state = readStackState(paths(options).state);
  const running = isRunning(state);
  if (values.json) {
    const { error, ...rest } = state ?? { parts: [], addresses: {} };
    process.stdout.write(
      `${JSON.stringify({
        running,
        dataDir: options.dataDir,
        ...rest,
        ready: running && state.ready,
        error,
      })}\n`,
    );
  } else if (!running) {
    process.stdout.write('Bailiwick does not run. Start it with: npm start\n');
  } else {
    const rows = state.parts.map(
      ({ name, ready, seconds, pid, address = '' }) =>
        [
          name.padEnd(10),
          (ready ? `ready after ${seconds} s` : 'not ready').padEnd(22),
          `process ${pid ?? '–'}`.padEnd(16),
          address,
        ].join(' '),
    );
    process.stdout.write(
      `${rows.join('\n')}\nkubeconfig ${state.kubeconfig}\n`,
    );
  }
  return running && state.ready ? 0 : 1;
}
