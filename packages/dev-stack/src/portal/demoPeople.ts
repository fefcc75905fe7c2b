import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { repositoryRoot } from '@bailiwick/backstage-cli';

const file = join(repositoryRoot, 'packages/demo-identity/people.yaml');

/** Names of the people of the demo sign-in, whom the catalog reads from the same file. */
export function demoPeople(): string[] {
  return parseAllDocuments(readFileSync(file, 'utf8'))
    .map(document => document.toJS())
    .filter(({ kind }) => kind === 'User')
    .map(({ metadata }) => metadata.name);
}
