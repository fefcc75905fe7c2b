import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyPack } from '@bailiwick/backstage-cli/packs';
import { compilePack } from '@bailiwick/backstage-domain-pack/authoring';
import { repositoryRoot } from '@bailiwick/backstage-cli';

/** Folders of the packs that come with the repository, by name. */
export function packFolders(): string[] {
  return globSync('templates/*/pack.yaml', { cwd: repositoryRoot })
    .map(file => join(repositoryRoot, dirname(file)))
    .sort();
}

/** Installs the packs of the repository; returns their names. */
export async function installPacks(client: KubeClient): Promise<string[]> {
  const packs = packFolders().map(compilePack);
  for (const pack of packs) await applyPack(client, pack);
  return packs.map(pack => pack.metadata.name);
}
