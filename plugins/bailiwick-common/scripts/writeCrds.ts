import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { kinds } from '../src/kinds/kinds';
import { toCustomResourceDefinition } from '../src/kinds/schema/customResourceDefinition';

// Writes charts/bailiwick/crds/*.yaml from the kinds; with --check, only reports whether they are up to date.
const folder = join(import.meta.dirname, '../../../charts/bailiwick/crds');
const check = process.argv.includes('--check');
mkdirSync(folder, { recursive: true });

const stale = kinds.filter(kind => {
  const file = join(folder, `${kind.plural}.yaml`);
  const text = stringify(toCustomResourceDefinition(kind), {
    lineWidth: 100,
    aliasDuplicateObjects: false,
  });
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
  if (!check) writeFileSync(file, text);
  return true;
});

if (check && stale.length > 0) {
  process.stderr.write(
    `Stale CRD files: ${stale
      .map(kind => kind.plural)
      .join(', ')}. Run "npm run yarn crds" and commit the result.\n`,
  );
  process.exitCode = 1;
}
