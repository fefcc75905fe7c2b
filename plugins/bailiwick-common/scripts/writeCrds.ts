import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { kinds } from '../src/kinds/kinds';
import { networkingSchema } from '../src/kinds/networking';
import { toCustomResourceDefinition } from '../src/kinds/schema/customResourceDefinition';

// Writes charts/bailiwick/crds/*.yaml from the kinds, and their part of the schema of the chart's values; with --check,
// only reports whether they are up to date.
const chart = join(import.meta.dirname, '../../../charts/bailiwick');
const check = process.argv.includes('--check');
mkdirSync(join(chart, 'crds'), { recursive: true });

/** Without fields that only Kubernetes reads; other fields than the described ones are refused. */
function forValues(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value;
  const { $schema: _dialect, ...fields } = value as Record<string, unknown>;
  return {
    ...Object.fromEntries(
      Object.entries(fields).filter(([key]) => !key.startsWith('x-kubernetes')),
    ),
    ...(fields.type === 'object' &&
      !fields.additionalProperties && { additionalProperties: false }),
  };
}

/** Returns the schema of the chart's values with the networking of a Cluster. */
function valuesSchema(): string {
  const file = join(chart, 'values.schema.json');
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  const networking = z.toJSONSchema(networkingSchema, { io: 'input' });
  schema.$defs.networking = JSON.parse(JSON.stringify(networking, forValues));
  // An empty value means none, as in values.yaml.
  delete schema.$defs.networking.required;
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

const files = [
  ...kinds.map(kind => ({
    name: `crds/${kind.plural}.yaml`,
    text: stringify(toCustomResourceDefinition(kind), {
      lineWidth: 100,
      aliasDuplicateObjects: false,
    }),
  })),
  { name: 'values.schema.json', text: valuesSchema() },
];
const stale = files.filter(({ name, text }) => {
  const file = join(chart, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
  if (!check) writeFileSync(file, text);
  return true;
});

if (check && stale.length > 0) {
  process.stderr.write(
    `Stale files of the chart: ${stale
      .map(({ name }) => name)
      .join(', ')}. Run "npm run yarn crds" and commit the result.\n`,
  );
  process.exitCode = 1;
}
