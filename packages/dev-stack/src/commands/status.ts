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
import { commandLine } from '../stack/commandLine';
import {
  checkParts,
  findLeftovers,
  type CheckedPart,
  type OperatorRole,
} from '../stack/checkParts';

/** `npm run status`: the present state of each part; exit code 0 only when everything is ready. */
export async function status(args: string[]): Promise<number> {
  const { values } = parseFlags<StackFlags & { json?: boolean }>(
    'status',
    args,
  );
  const options = stackOptions(values);
  const state = readStackState(paths(options).state);
  const print = (json: object, lines: string[]) =>
    process.stdout.write(
      values.json ? `${JSON.stringify(json)}\n` : `${lines.join('\n')}\n`,
    );
  if (!isRunning(state)) {
    const leftovers = findLeftovers(options, state);
    const { error, ...rest }: Partial<StackState> = state ?? {
      parts: [],
      addresses: {},
    };
    print(
      {
        running: false,
        dataDir: options.dataDir,
        ...rest,
        ready: false,
        leftovers,
        components: [],
        error,
      },
      leftovers.length > 0
        ? [
            `Bailiwick is not running, but some of its processes are: ${leftovers
              .map(({ name, pid }) => `${name} (process ${pid})`)
              .join(', ')}.`,
            `Stop them with: ${commandLine('stop', values)}`,
          ]
        : [
            `Bailiwick is not running. Start it with: ${commandLine(
              'start',
              values,
            )}`,
          ],
    );
    return 1;
  }
  const { parts, role } = await checkParts(options, state);
  const isReady = state.ready && parts.every(({ ready }) => ready);
  const components = readState(paths(options).clusterState)?.components ?? [];
  const { error, ...rest } = state;
  print(
    {
      running: true,
      dataDir: options.dataDir,
      ...rest,
      parts: parts.map(({ isSilent, ...part }) => part),
      ready: isReady,
      operator: role,
      components,
      error,
    },
    [
      ...parts.map(part => describePart(part, role)),
      ...components
        .filter(({ ready }) => !ready)
        .map(
          ({ log, name }) => `${name} of the cluster is not ready, see ${log}`,
        ),
      `kubeconfig ${state.kubeconfig}`,
    ],
  );
  return isReady ? 0 : 1;
}

/** Returns a line about a part: name, state, process, address and activity. */
function describePart(
  { address = '', isSilent, name, pid, ready, seconds }: CheckedPart,
  role: OperatorRole | undefined,
): string {
  const silent = isSilent ? 'not responding' : '';
  const note =
    role === 'unknown' ? 'unknown: the cluster does not respond' : role;
  return [
    name.padEnd(10),
    (ready ? `ready after ${seconds} s` : 'not ready').padEnd(22),
    `process ${pid ?? '–'}`.padEnd(16),
    address,
    name === 'operator' && note ? ` ${note}` : ` ${silent}`,
  ]
    .join(' ')
    .trimEnd();
}
