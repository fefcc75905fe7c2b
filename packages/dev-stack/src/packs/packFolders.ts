import { repositoryRoot } from '@bailiwick/backstage-cli';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folders of the packs that come with the repository, by name. */
export function packFolders(): string[] {
  return globSync('templates/*/pack.yaml', { cwd: repositoryRoot })
    .map(file => join(repositoryRoot, dirname(file)))
    .sort();
}
