import {
  importSchema,
  withParameters,
  type ImportedForm,
} from '@bailiwick/backstage-domain-pack/authoring';
import { renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readSmallFile } from './readSmallFile';

/** A form that was imported into an archetype. */
export interface Imported extends Omit<ImportedForm, 'parameters'> {
  /** The `archetype.yaml`. */
  file: string;
  /** Its YAML with the form. */
  text: string;
  /** Parameters that it had and has no more. */
  gone: string[];
}

/** Maximum number of places in a finding. */
const mostPlaces = 3;

/**
 * Returns the `archetype.yaml` of a folder with the form of a schema; writes nothing.
 *
 * @throws CommandError when one of the files cannot be read
 * @throws PackError when the schema or the `archetype.yaml` is invalid
 */
export function importForm(schema: string, folder: string): Imported {
  const file = join(folder, 'archetype.yaml');
  const { parameters, ...rest } = importSchema(
    basename(schema),
    readSmallFile(schema, 'a values.schema.json or a nextflow_schema.json'),
  );
  const before = readSmallFile(
    file,
    'an archetype: the folder given with --into must contain archetype.yaml; bailiwick pack init creates a pack with one',
  );
  return { ...rest, file, ...withParameters(file, before, parameters) };
}

/** Writes the file atomically. */
export function writeImported({ file, text }: Imported): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { flag: 'wx' });
  renameSync(draft, file);
}

/** Formats the result of an import: changed names, omitted parts, and keywords that are not imported. */
export function formatImport({
  file,
  findings,
  gone,
  names,
}: Imported): string {
  const renamed = names
    .filter(({ from, name }) => from.replaceAll('.', '_') !== name)
    .map(({ from, name }) => `  ${from} is ${name}`);
  const places = new Map<string, string[]>();
  for (const { line, place, what } of findings)
    places.set(what, [...(places.get(what) ?? []), `line ${line} ${place}`]);
  const lost = [...places].flatMap(([what, all]) => [
    `  ${what}`,
    ...all.slice(0, mostPlaces).map(one => `    ${one}`),
    ...(all.length > mostPlaces
      ? [`    and ${all.length - mostPlaces} more`]
      : []),
  ]);
  return [
    `The form of ${file} has ${names.length} ${
      names.length === 1 ? 'parameter' : 'parameters'
    }.`,
    ...listed('Renamed parameters:', renamed),
    ...listed(
      'Removed parameters; check the template and the tests:',
      gone.map(name => `  ${name}`),
    ),
    ...listed('Differences from the schema:', lost),
    '',
  ].join('\n');
}

function listed(title: string, lines: string[]): string[] {
  return lines.length > 0 ? [title, ...lines] : [];
}
