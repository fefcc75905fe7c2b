import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  checksums,
  formats,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { z } from 'zod';
import { archetypeSchema, packSchema } from '../src/source/schemas';

// Writes the JSON Schemas of a pack's files for editors, and the rules of check digits and formats for the function runtime; with --check, only reports whether they are up to date.
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

/** Removes fields that only Kubernetes reads. */
function forEditors(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value;
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => !key.startsWith('x-kubernetes-')),
  );
}

const runtime = join(
  import.meta.dirname,
  '../../function-runtime/src/bailiwick',
);

const texts: [file: string, text: string][] = [
  ...Object.entries(schemas).map(
    ([name, { schema, title }]): [string, string] => {
      const { $schema, ...rest } = z.toJSONSchema(schema, {
        target: 'draft-7',
        io: 'input',
      });
      return [
        join(folder, name),
        JSON.stringify({ $schema, title, ...rest }, forEditors, 2),
      ];
    },
  ),
  [join(runtime, 'checksums.json'), JSON.stringify(checksums, undefined, 2)],
  [join(runtime, 'formats.json'), JSON.stringify(formats, undefined, 2)],
];

const stale = texts.filter(([file, json]) => {
  const text = `${json}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
  if (!check) writeFileSync(file, text);
  return true;
});

if (check && stale.length > 0) {
  process.stderr.write(
    `Stale schemas and tables of packs: ${stale
      .map(([file]) => basename(file))
      .join(', ')}. Run "npm run yarn pack-schemas" and commit the result.\n`,
  );
  process.exitCode = 1;
}
