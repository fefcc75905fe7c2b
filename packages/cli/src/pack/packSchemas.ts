import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../installation/layout';

/** Folder of a pack with copies of the schemas for editors; its name keeps it out of the pack itself. */
export const schemaFolder = '.schema';

const schemas = join(repositoryRoot, 'packages/domain-pack/schema');

/**
 * Brings the copies of the schemas in a pack up to date; a pack without the folder gets none.
 *
 * @returns paths of the files that changed
 */
export function writeSchemas(pack: string): string[] {
  if (!existsSync(join(pack, schemaFolder))) return [];
  return readdirSync(schemas).flatMap(name => {
    const path = `${schemaFolder}/${name}`;
    const file = join(pack, path);
    const text = readFileSync(join(schemas, name), 'utf8');
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return [];
    writeFileSync(file, text);
    return [path];
  });
}
