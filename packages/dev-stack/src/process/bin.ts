import { repositoryRoot } from '@bailiwick/backstage-cli';
import { join } from 'node:path';

/** Returns the path of a file of an installed package. */
export function bin(path: string): string {
  return join(repositoryRoot, 'node_modules', path);
}
