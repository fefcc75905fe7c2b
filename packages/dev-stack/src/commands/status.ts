import { readState } from '@bailiwick/backstage-local-cluster';
import {
  isRunning,
  parseFlags,
  paths,
  readStackState,
  type StackFlags,
  stackOptions,
} from '@bailiwick/backstage-cli';

/** `npm run status`: what runs where; exit code 0 only when everything is ready. */
export async function status(args: string[]): Promise<number> {
  const { values } = parseFlags<StackFlags & { json?: boolean }>(
    'status',
    args,
  );
  const options = stackOptions(values);
  const state = readStackState(paths(options).state);
  const running = isRunning(state);
  const isReady =
    running && state.ready && state.parts.every(({ ready }) => ready);
  const cluster = running ? readState(paths(options).clusterState) : undefined;
  const components = cluster?.components ?? [];
  if (values.json) {
    const { error, ...rest } = state ?? { parts: [], addresses: {} };
    process.stdout.write(
      `${JSON.stringify({
        running,
        dataDir: options.dataDir,
        ...rest,
        ready: isReady,
        components,
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
    const down = components
      .filter(({ ready }) => !ready)
      .map(
        ({ log, name }) => `${name} of the cluster is not ready, see ${log}`,
      );
    process.stdout.write(
      `${[...rows, ...down].join('\n')}\nkubeconfig ${state.kubeconfig}\n`,
    );
  }
  return isReady ? 0 : 1;
}
