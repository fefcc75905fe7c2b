import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import { applyPack } from '@bailiwick/backstage-cli/packs';
import { compilePack } from '@bailiwick/backstage-domain-pack/authoring';
import { packFolders } from '../packs/packFolders';

/** Installs the packs of the repository; returns their names. */
export async function installPacks(client: KubeClient): Promise<string[]> {
  const packs = packFolders().map(compilePack);
  for (const pack of packs) await applyPack(client, pack);
  return packs.map(pack => pack.metadata.name);
}
