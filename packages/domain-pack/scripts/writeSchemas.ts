import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { archetypeSchema, packSchema } from '../src/source/schemas';

// Writes the JSON Schemas of a pack's files for editors; with --check it only says whether they are fresh.
const folder = join(import.meta.dirname, '../schema');
const check = process.argv.includes('--check');

const schemas = {
  'pack.schema.json': {
    title: 'pack.yaml of a domain pack of Bailiwick',
    schema: packSchema,
  },
  'archetype.schema.json': {
    title: 'archetype.yaml of a domain pack of Bailiwick',
    schema: archetypeSchema,
  },
};

/** Without what only Kubernetes reads. */
function forEditors(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value;
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => !key.startsWith('x-kubernetes-')),
  );
}

const stale = Object.entries(schemas).filter(([name, { schema, title }]) => {
  const file = join(folder, name);
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
  });
  const text = `${JSON.stringify(
    { $schema, title, ...rest },
    forEditors,
    2,
  )}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
  if (!check) writeFileSync(file, text);
  return true;
});

if (check && stale.length > 0) {
  process.stderr.write(
    `Stale schemas of packs: ${stale
      .map(([name]) => name)
      .join(', ')}. Run "npm run yarn pack-schemas" and commit the result.\n`,
  );
  process.exitCode = 1;
}
