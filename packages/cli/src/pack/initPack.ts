import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { CommandError } from '../CommandError';
import { repositoryRoot } from '../installation/layout';
import { schemaFolder, writeSchemas } from './packSchemas';

const starter = join(repositoryRoot, 'packages/cli/starter-pack');
const packName = /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/;

/**
 * Creates a small valid pack in a new folder, with comments on the parts to change.
 *
 * @throws CommandError when the folder is not empty, or its name is not valid for a pack
 */
export function initPack(folder: string): void {
  const target = resolve(folder);
  const name = basename(target);
  if (!packName.test(name))
    throw new CommandError(
      `"${name}" is not a valid pack name.`,
      'Use lowercase letters, digits and "-" in the folder name, such as plant-care.',
    );
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new CommandError(
      `${folder} is not empty.`,
      'Choose a new or empty folder.',
    );
  cpSync(starter, target, { recursive: true });
  mkdirSync(join(target, schemaFolder));
  writeSchemas(target);
  const title =
    name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
  edit(join(target, 'pack.yaml'), text =>
    withSchema(`${schemaFolder}/pack.schema.json`, text)
      .replace('name: starter', () => `name: ${name}`)
      .replace('title: Starter', () => `title: ${title}`),
  );
  edit(join(target, 'README.md'), text => text.replace('Starter', () => title));
  edit(join(target, 'archetypes/overview/archetype.yaml'), text =>
    withSchema(`../../${schemaFolder}/archetype.schema.json`, text),
  );
}

/** Names the schema by which editors complete and check a file, by its path from there. */
function withSchema(schema: string, text: string): string {
  return `# yaml-language-server: $schema=${schema}\n${text}`;
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
