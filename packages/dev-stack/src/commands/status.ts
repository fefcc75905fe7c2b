import { readState } from '@bailiwick/backstage-local-cluster';
import {
  isRunning,
  parseFlags,
  paths,
  readStackState,
  type StackFlags,
  type StackState,
  stackOptions,
} from '@bailiwick/backstage-cli';
import { readAnswer } from '../process/ManagedProcess';

/** Role of the operator: it leads, another one leads, or it does not answer. */
type OperatorRole = 'leading' | 'standing by' | 'not responding';

/** `npm run status`: what runs where; exit code 0 only when everything is ready. */
export async function status(args: string[]): Promise<number> {
  const { values } = parseFlags<StackFlags & { json?: boolean }>(
    'status',
    args,
  );
  const options = stackOptions(values);
  const state = readStackState(paths(options).state);
  const running = isRunning(state);
  const role = running ? await operatorRole(state) : undefined;
  const isReady =
    running &&
    state.ready &&
    state.parts.every(({ ready }) => ready) &&
    role !== 'not responding';
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
        operator: role,
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
          name === 'operator' && role ? ` ${role}` : '',
        ]
          .join(' ')
          .trimEnd(),
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

/**
 * Asks the operator for its role. `undefined` while it has never been ready, or has ended: its row says so.
 */
async function operatorRole({
  addresses,
  parts,
}: StackState): Promise<OperatorRole | undefined> {
  const part = parts.find(({ name }) => name === 'operator');
  if (!part?.pid || part.seconds === undefined) return undefined;
  const answer = (await readAnswer(`${addresses.operator}/readyz`))?.trim();
  return answer === 'leading' || answer === 'standing by'
    ? answer
    : 'not responding';
}
