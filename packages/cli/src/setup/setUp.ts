import {
  applyDefinitions,
  applyManifests,
  ignoreAlreadyExists,
  readManifests,
  type Desired,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  planKind,
  type DomainPack,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../CommandError';
import { applyPack } from '../pack/applyPack';
import { replacementOf } from '../pack/replacementOf';

const options = { fieldManager: 'bailiwick-chart' };

/** Receives each result as a line. */
type Say = (line: string) => void;

/**
 * Installs or updates Bailiwick's kinds. Helm itself only installs them.
 *
 * @param folder - folder with CustomResourceDefinitions
 */
export async function setUpKinds(
  client: KubeClient,
  folder: string,
  say: Say,
): Promise<void> {
  const definitions = readManifests(folder);
  await applyDefinitions(client, definitions, options);
  say(`The cluster serves ${definitions.length} kinds.`);
}

/**
 * Applies the objects of an installation. Plans are only created, because platform engineers adapt them.
 *
 * @param folder - folder with the manifests of a Cluster, of policies that stay after a removal, and of plans
 */
export async function setUpObjects(
  client: KubeClient,
  folder: string,
  say: Say,
): Promise<void> {
  const objects = readManifests(folder);
  const isPlan = ({ kind }: Desired) => kind === planKind.kind;
  await applyManifests(
    client,
    objects.filter(object => !isPlan(object)),
    options,
  );
  const plans = client.resource<Plan>(planKind);
  for (const plan of objects.filter(isPlan) as (Desired & Plan)[]) {
    const created = await plans
      .create(plan, options)
      .catch(ignoreAlreadyExists);
    say(
      created
        ? `Created the plan ${plan.metadata.name}.`
        : `The plan ${plan.metadata.name} exists and stays as it is.`,
    );
  }
}

/**
 * Installs or updates packs. A pack stays in its version if another one would break its apps or has a lower version.
 *
 * @param folder - folder with compiled packs, `<name>.json`
 * @param names - packs to install
 * @throws CommandError for a pack that is not in the folder; nothing is changed then
 */
export async function setUpPacks(
  client: KubeClient,
  folder: string,
  names: readonly string[],
  say: Say,
): Promise<void> {
  const packs = names.map(name => readCompiled(folder, name));
  for (const pack of packs) {
    const { name } = pack.metadata;
    const { refusal } = await replacementOf(client, pack);
    if (refusal) {
      say(
        `The pack ${name} stays as it is; version ${pack.spec.version} cannot replace it: ${refusal.message}`,
      );
    } else {
      await applyPack(client, pack);
      say(`Installed the pack ${name} ${pack.spec.version}.`);
    }
  }
}

function readCompiled(folder: string, name: string): DomainPack {
  try {
    return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  } catch (error) {
    throw new CommandError(
      `The pack ${name} cannot be read: ${(error as Error).message}`,
      'Correct setup.packs in the values of the chart. Other packs are installed with bailiwick pack apply.',
    );
  }
}
