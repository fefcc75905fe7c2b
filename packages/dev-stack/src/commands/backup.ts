import {
  backUp,
  CommandError,
  isRunning,
  parseFlags,
  paths,
  readStackState,
  ResticRepository,
  stackOptions,
  type StackFlags,
} from '@bailiwick/backstage-cli';
import {
  KubeClient,
  type KubeconfigSource,
} from '@bailiwick/backstage-kube-controller';
import { ensureDebianPackages } from '@bailiwick/backstage-local-cluster';
import { savedFolders } from '../stack/savedFolders';

interface Flags extends StackFlags {
  kubeconfig?: string;
  repository?: string;
  'keep-days'?: string;
  'database-image'?: string;
}

const say = (line: string) => void process.stderr.write(`✔ ${line}\n`);

/** `bailiwick backup`: saves a running Bailiwick of this machine, or of the cluster that is named. */
export async function backup(args: string[]): Promise<number> {
  const { values } = parseFlags<Flags>('backup', args);
  const { context, kubeconfig, 'keep-days': days } = values;
  const repository = new ResticRepository(values.repository);
  await ensureDebianPackages({ restic: 'restic' }, { report: say });
  const { folders, source } =
    kubeconfig !== undefined || context !== undefined
      ? { source: { path: kubeconfig, context }, folders: {} }
      : running(values);
  const client = KubeClient.fromKubeconfig({
    ...source,
    userAgent: 'bailiwick-backup',
  });
  try {
    const keepDays = days === undefined ? undefined : Number(days);
    const result = await backUp({
      client,
      repository,
      databaseImage: values['database-image'],
      folders,
      keepDays,
      say,
    });
    for (const line of result.missing) process.stderr.write(`✘ ${line}\n`);
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return result.missing.length > 0 ? 1 : 0;
  } finally {
    await client.close();
  }
}

/** The Bailiwick that runs with a data folder. @throws CommandError when none runs */
function running(values: Flags): {
  source: KubeconfigSource;
  folders: Record<string, string>;
} {
  const options = stackOptions(values);
  const state = readStackState(paths(options).state);
  if (!isRunning(state))
    throw new CommandError(
      `No Bailiwick is running with the data folder ${options.dataDir}.`,
      'Start it, set --data-dir to another folder, or --kubeconfig to the cluster with an installation.',
    );
  return { source: { path: state.kubeconfig }, folders: savedFolders(options) };
}
