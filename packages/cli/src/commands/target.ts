import {
  KubeClient,
  readServer,
  type KubeconfigSource,
} from '@bailiwick/backstage-kube-controller';
import { CommandError } from '../CommandError';
import { paths } from '../installation/layout';
import { isRunning, readStackState } from '../installation/StackState';
import { addTarget, untilItAnswers } from '../target/addTarget';
import { formatClusters, listTargets } from '../target/listTargets';
import { cleanTarget, removeTarget } from '../target/removeTarget';
import {
  parseFlags,
  stackOptions,
  type StackFlags,
} from '../installation/readFlags';

interface Flags extends StackFlags {
  kubeconfig?: string;
  hub?: string;
  json?: boolean;
  title?: string;
  force?: boolean;
}

const userAgent = 'bailiwick-target';

/** `bailiwick target <verb> [<name>]`: adds other clusters, lists and removes them. */
export async function target(args: string[]): Promise<number> {
  const { positionals, values } = parseFlags<Flags>('target', args);
  const [verb, name, more] = positionals;
  const needsName = verb === 'add' || verb === 'remove';
  if (!(needsName || verb === 'list') || needsName !== Boolean(name) || more)
    throw new CommandError(
      'The subcommand or the cluster is missing.',
      'Run: bailiwick target add <name> --kubeconfig <file of its administrator>, bailiwick target list, or bailiwick target remove <name>.',
    );
  const hub = KubeClient.fromKubeconfig({ path: hubOf(values), userAgent });
  try {
    if (verb === 'list') return await list(hub, values);
    return verb === 'add'
      ? await add(hub, name, values)
      : await remove(hub, name, values);
  } finally {
    await hub.close();
  }
}

async function add(
  hub: KubeClient,
  name: string,
  flags: Flags,
): Promise<number> {
  const source = sourceOf(flags);
  if (!source)
    throw new CommandError(
      `The kubeconfig of cluster ${name} is missing.`,
      'Set --kubeconfig <file of its administrator> or --context <name in your kubeconfig>.',
    );
  const server = await readServer(source);
  const there = KubeClient.fromKubeconfig({ ...source, userAgent });
  try {
    const title = flags.title ?? name;
    await addTarget({ hub, name, title, server, target: there });
  } finally {
    await there.close();
  }
  const words = await untilItAnswers(hub, name);
  process.stderr.write(`Added cluster ${name}: ${words}.\n`);
  return 0;
}

async function list(hub: KubeClient, { json }: Flags): Promise<number> {
  const lines = await listTargets(hub);
  process.stdout.write(
    json ? `${JSON.stringify(lines)}\n` : formatClusters(lines),
  );
  return 0;
}

async function remove(
  hub: KubeClient,
  name: string,
  flags: Flags,
): Promise<number> {
  await removeTarget(hub, name, flags);
  const source = sourceOf(flags);
  if (source) {
    const there = KubeClient.fromKubeconfig({ ...source, userAgent });
    await cleanTarget(there).finally(() => there.close());
  }
  process.stderr.write(
    source
      ? `Removed cluster ${name} and deleted its service accounts for Bailiwick.\n`
      : `Removed cluster ${name}. Its service accounts for Bailiwick remain in its namespace bailiwick-system; use --kubeconfig to delete them as well.\n`,
  );
  return 0;
}

/** The cluster that is meant; `undefined` when none was named. */
function sourceOf({
  context,
  kubeconfig,
}: Flags): KubeconfigSource | undefined {
  return kubeconfig === undefined && context === undefined
    ? undefined
    : { path: kubeconfig, context };
}

/** The kubeconfig of Bailiwick's own cluster. @throws CommandError when none was named and none runs */
function hubOf(flags: Flags): string {
  if (flags.hub) return flags.hub;
  const { context: _ofTheOther, ...rest } = flags;
  const state = readStackState(paths(stackOptions(rest)).state);
  if (isRunning(state)) return state.kubeconfig;
  throw new CommandError(
    'No Bailiwick is running here.',
    'Start it, set its data folder with --data-dir, or the kubeconfig of its cluster with --hub.',
  );
}
