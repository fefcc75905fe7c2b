import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { parseArgs } from 'node:util';
import { CommandError } from './CommandError';
import { setUpKinds, setUpObjects, setUpPacks } from './setup/setUp';

const usage = `setup [options]: prepares the cluster for this version of Bailiwick, in this order
  --kinds FOLDER    install or update the kinds
  --objects FOLDER  apply the Cluster, and create missing plans
  --packs FOLDER    folder with compiled packs
  --pack NAME       pack to install or update; can be repeated
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
      kubeconfig: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const { kinds, objects, pack = [], packs } = values;
  const client = KubeClient.fromKubeconfig({
    path: values.kubeconfig,
    userAgent: 'bailiwick-setup',
  });
  try {
    if (kinds) await setUpKinds(client, kinds, say);
    if (objects) await setUpObjects(client, objects, say);
    if (packs) await setUpPacks(client, packs, pack, say);
  } finally {
    await client.close();
  }
}

try {
  await main();
} catch (error) {
  const remedy = error instanceof CommandError ? `\n${error.remedy}` : '';
  process.stderr.write(`${(error as Error).message}${remedy}\n`);
  process.exitCode = 1;
}
