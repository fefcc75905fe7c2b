import {
  adaptFolder,
  CommandError,
  openBackup,
  parseFlags,
  paths,
  portalNamespace,
  ResticRepository,
  restoreCluster,
  restoreFolders,
  stackOptions,
  systemNamespace,
  withPrivateFolder,
  type StackFlags,
  type StackOptions,
} from '@bailiwick/backstage-cli';
import {
  KubeClient,
  type ConfigMap,
} from '@bailiwick/backstage-kube-controller';
import {
  ensureDebianPackages,
  resetCluster,
} from '@bailiwick/backstage-local-cluster';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { followCluster, startCluster } from '../cluster/clusterProcess';
import { stopCluster } from '../cluster/stopCluster';
import { loadRuntimeImage } from '../install/runtimeImage';
import { Reporter } from '../progress/Reporter';
import { StepReporter } from '../progress/StepReporter';
import { markDataDir } from '../stack/dataDir';
import { savedFolders } from '../stack/savedFolders';

interface Flags extends StackFlags {
  kubeconfig?: string;
  repository?: string;
  snapshot?: string;
  'database-image'?: string;
  'without-database'?: boolean;
}

type Backup = Awaited<ReturnType<typeof openBackup>>;

const say = (line: string) => void process.stderr.write(`✔ ${line}\n`);

/** `bailiwick restore`: restores a backup into a new data folder, or into the cluster that is named. */
export async function restore(args: string[]): Promise<number> {
  const { values } = parseFlags<Flags>('restore', args);
  const { context, kubeconfig, snapshot = 'latest' } = values;
  const isElsewhere = kubeconfig !== undefined || context !== undefined;
  const options = stackOptions(values);
  if (!isElsewhere) checkNew(options);
  const repository = new ResticRepository(values.repository);
  await ensureDebianPackages({ restic: 'restic' }, { report: say });
  const restored = await withPrivateFolder(async folder => {
    await repository.restore(snapshot, folder);
    const backup = await openBackup(folder);
    say(`backup of ${backup.info.createdAt}`);
    for (const line of backup.info.missing)
      process.stderr.write(`✘ Not in the backup: ${line}\n`);
    if (isElsewhere)
      await intoCluster(
        backup,
        { path: kubeconfig, context },
        {
          databaseImage: values['database-image'],
          withoutDatabase: values['without-database'],
        },
      );
    else await intoDataFolder(backup, options);
    return backup;
  });
  const missing = restored.info.missing.length;
  const done =
    missing > 0
      ? `Restored, except for ${missing} that the backup does not have; --snapshot selects another one.`
      : 'Everything is restored.';
  const next = isElsewhere
    ? 'Now install Bailiwick with Helm, with the former values.'
    : `Now run: npm start -- ${
        hasPortal(restored) ? '--in-cluster ' : ''
      }--data-dir ${options.dataDir}`;
  process.stderr.write(`${done} ${next}\n`);
  return missing > 0 ? 1 : 0;
}

async function intoCluster(
  backup: Backup,
  source: { path?: string; context?: string },
  settings: {
    image?: string;
    databaseImage?: string;
    withoutDatabase?: boolean;
  },
): Promise<Map<string, string>> {
  const client = KubeClient.fromKubeconfig({
    ...source,
    userAgent: 'bailiwick-restore',
  });
  return restoreCluster(backup, { ...settings, client, say }).finally(() =>
    client.close(),
  );
}

/** Restores files, then objects in a local cluster that runs meanwhile. Deletes the folder when it fails. */
async function intoDataFolder(
  backup: Backup,
  options: StackOptions,
): Promise<void> {
  markDataDir(options);
  const { chartValues, podGate, portal, repositories, restoring } =
    paths(options);
  writeFileSync(restoring, '');
  const { signal } = new AbortController();
  try {
    await restoreFolders(backup, savedFolders(options));
    say('files');
    writeFileSync(podGate, '');
    const child = startCluster(options);
    try {
      const reporter = new StepReporter(new Reporter(Date.now()));
      const { kubeconfig, registry } = await followCluster(
        options,
        child,
        ({ phase }) => phase === 'ready',
        { reporter, signal },
      );
      const image = await loadRuntimeImage(options, signal);
      const uids = await intoCluster(
        { ...backup, objects: withRegistry(backup.objects, registry?.address) },
        { path: kubeconfig },
        { image },
      );
      for (const folder of [portal, repositories])
        await adaptFolder(folder, uids);
    } finally {
      await stopCluster(child);
    }
    // The next start has to install the chart, whose portal has the repositories on its volume.
    if (hasPortal(backup)) writeFileSync(chartValues, '{}', { mode: 0o600 });
    rmSync(restoring);
  } catch (error) {
    await resetCluster(options.dataDir, 'local');
    rmSync(options.dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** Whether the portal of a backup ran in the cluster, with its repositories on a volume. */
function hasPortal({ objects }: Backup): boolean {
  return objects.some(
    ({ kind, metadata }) =>
      kind === 'PersistentVolumeClaim' &&
      metadata.namespace === portalNamespace &&
      metadata.name === 'portal',
  );
}

/** Returns objects that name the registry of this local cluster instead of that of the former one. */
function withRegistry(
  objects: Backup['objects'],
  present?: string,
): Backup['objects'] {
  const images = objects.find(
    ({ kind, metadata: { name, namespace } }) =>
      kind === 'ConfigMap' &&
      namespace === systemNamespace &&
      name === 'runtime-images',
  ) as ConfigMap | undefined;
  const former = images?.data?.['packages.runtimes'];
  if (!former || !present) return objects;
  const address = new RegExp(
    `(?<![\\w.])${former.replaceAll('.', '\\.')}(?!\\d)`,
    'g',
  );
  return objects.map(object =>
    object.kind === 'Secret'
      ? object
      : JSON.parse(JSON.stringify(object).replaceAll(address, present)),
  );
}

/** @throws CommandError if a data folder has data already */
function checkNew({ dataDir }: StackOptions): void {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return;
  throw new CommandError(
    `${dataDir} is not empty. Nothing was changed.`,
    'Set --data-dir to a new folder, or delete its data with npm run reset.',
  );
}
