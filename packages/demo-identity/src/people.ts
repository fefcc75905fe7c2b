import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** A person who can sign in. */
export interface DemoPerson {
  id: string;
  name: string;
  email: string;
  /** Role of the people, in one sentence. */
  role: string;
}

/** File that also feeds the catalog. */
export const peopleFile = join(import.meta.dirname, '../people.yaml');

/** Reads the users of a file of catalog entities. */
export function readPeople(file = peopleFile): DemoPerson[] {
  return parseAllDocuments(readFileSync(file, 'utf8'))
    .map(document => document.toJS())
    .filter(entity => entity.kind === 'User')
    .map(({ metadata, spec }) => ({
      id: metadata.name,
      name: spec.profile.displayName,
      email: spec.profile.email,
      role: metadata.description,
    }));
}
