import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { parseArgs } from 'node:util';
import { backUp, ResticRepository } from './backup';
import { CommandError } from './CommandError';
import { testInstallation } from './installationTest/testInstallation';
import { setUpKinds, setUpObjects, setUpPacks } from './setup/setUp';

const usage = `setup [options]: prepares the cluster for this version of Bailiwick in the order of the options, tests it, or saves it
  --kinds FOLDER    install or update the kinds
  --objects FOLDER  apply the Cluster and policies, and create missing plans
  --packs FOLDER    folder with compiled packs
  --pack NAME       pack to install or update; can be repeated
  --test CLUSTER    instead, play the main path on the Cluster of this name, with one of the packs
  --gateway URL     address of the gateway for the test
  --portal URL      address of the portal for the test, if there is one
  --backup          instead, save objects and volumes in the repository of RESTIC_REPOSITORY
  --keep-days DAYS  delete older backups afterwards
  --database-image IMAGE  image with pg_dump for the portal's database; by default it is left out
  --kubeconfig FILE kubeconfig of the cluster; by default the service account of the pod
`;

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kinds: { type: 'string' },
      objects: { type: 'string' },
      packs: { type: 'string' },
      pack: { type: 'string', multiple: true },
      test: { type: 'string' },
      gateway: { type: 'string' },
      portal: { type: 'string' },
      backup: { type: 'boolean' },
      'keep-days': { type: 'string' },
      'database-image': { type: 'string' },
      kubeconfig: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const { gateway, kinds, objects, pack = [], packs, portal, test } = values;
  const keepDays = readDays(values['keep-days']);
  const databaseImage = values['database-image'];
  if (test && !gateway)
    throw new CommandError('The test needs --gateway.', usage);
  const client = KubeClient.fromKubeconfig({
    path: values.kubeconfig,
    userAgent: 'bailiwick-setup',
  });
  try {
    if (kinds) await setUpKinds(client, kinds, say);
    if (objects) await setUpObjects(client, objects, say);
    if (packs) await setUpPacks(client, packs, pack, say);
    if (test && gateway)
      await testInstallation(
        client,
        { cluster: test, gateway, packs: pack, portal },
        say,
        interruption(),
      );
    if (values.backup)
      await saveInstallation(client, { databaseImage, keepDays });
  } finally {
    await client.close();
  }
}

/** @throws CommandError if the repository cannot be used, or a volume or database cannot be read */
async function saveInstallation(
  client: KubeClient,
  options: { databaseImage?: string; keepDays?: number },
): Promise<void> {
  const { id, missing, objects } = await backUp({
    ...options,
    client,
    repository: new ResticRepository(),
    say,
  });
  say(`Saved ${objects} objects in the snapshot ${id}.`);
  if (missing.length > 0)
    throw new CommandError(
      `The backup is incomplete:\n${missing.join('\n')}`,
      'Correct the cause. The next backup includes them again.',
    );
}

/** @throws CommandError if it is not a number of days */
function readDays(days: string | undefined): number | undefined {
  if (days === undefined) return undefined;
  if (/^[1-9]\d*$/.test(days)) return Number(days);
  throw new CommandError(
    `"${days}" is not a number of days.`,
    'Set --keep-days to 1 or more.',
  );
}

/** Returns a signal that is aborted when Kubernetes ends the pod. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGTERM', () => controller.abort());
  return controller.signal;
}

try {
  await main();
} catch (error) {
  const remedy = error instanceof CommandError ? `\n${error.remedy}` : '';
  process.stderr.write(`${(error as Error).message}${remedy}\n`);
  process.exitCode = 1;
}
