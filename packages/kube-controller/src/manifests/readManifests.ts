import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Desired } from '../client';

/** Reads all objects in the YAML files of a folder, in the order of the file names. @public */
export function readManifests(folder: string): Desired[] {
  return readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .sort()
    .flatMap(file =>
      parseAllDocuments(readFileSync(join(folder, file), 'utf8')),
    )
    .map(document => document.toJS() as Desired | null)
    .filter(object => object !== null);
}
