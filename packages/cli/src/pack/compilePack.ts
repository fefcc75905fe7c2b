import {
  domainPackKind,
  validate,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse } from 'yaml';
import { CommandError } from '../CommandError';

const optionsMax = 1000;

type Json = Record<string, any>;

function missing(folder: string, path: string): CommandError {
  return new CommandError(
    `${join(folder, 'pack.yaml')} names ${path}, which is not there.`,
    'Correct the path; it is relative to the folder of pack.yaml.',
  );
}

function read(folder: string, path: string): string {
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch {
    throw missing(folder, path);
  }
}

/** Distinct values of each text column that has few enough to choose from. */
function optionsOf(csv: string): Record<string, string[]> {
  const rows: Record<string, string>[] = parseCsv(csv, {
    columns: true,
    skip_empty_lines: true,
  });
  return Object.fromEntries(
    Object.keys(rows[0] ?? {})
      .map(
        column =>
          [column, [...new Set(rows.map(row => row[column]))].sort()] as const,
      )
      .filter(
        ([, values]) =>
          values.length <= optionsMax && values.length < rows.length / 2,
      ),
  );
}

function templateFiles(folder: string, template: string): Json[] {
  const root = join(folder, template);
  if (!existsSync(root)) throw missing(folder, template);
  return globSync('**/*', { cwd: root, withFileTypes: true })
    .filter(
      entry =>
        entry.isFile() &&
        !/__pycache__|\.pyc$/.test(join(entry.parentPath, entry.name)),
    )
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
    .sort()
    .map(path => ({
      path: path.replace(/\.njk$/, ''),
      content: readFileSync(join(root, path), 'utf8'),
      render: path.endsWith('.njk'),
    }));
}

/**
 * Makes the DomainPack object of a pack's folder: everything that pack.yaml names is put in.
 *
 * @throws CommandError naming every problem.
 */
export function compilePack(folder: string): DomainPack {
  const source: Json = parse(read(folder, 'pack.yaml'));
  const datasets: Json[] = (source.spec.datasets ?? []).map(
    (dataset: Json) => ({
      ...dataset,
      options: optionsOf(read(folder, dataset.file)),
    }),
  );
  const archetypes = source.spec.archetypes.map((archetype: Json) => {
    const { datasets: used = [], template, tests: _tests, ...rest } = archetype;
    const unknown = used.find(
      (name: string) => !datasets.some(dataset => dataset.name === name),
    );
    if (unknown) {
      throw new CommandError(
        `The archetype ${archetype.name} uses a data set "${unknown}" that the pack does not have.`,
        `Name one of: ${
          datasets.map(({ name }) => name).join(', ') || 'none'
        }.`,
      );
    }
    const copied = datasets
      .filter(({ name }) => used.includes(name))
      .map(({ file }) => ({
        path: `data/${basename(file)}`,
        content: read(folder, file),
        render: false,
      }));
    return { ...rest, files: [...templateFiles(folder, template), ...copied] };
  });
  const pack = {
    ...source,
    spec: { ...source.spec, datasets, archetypes },
  } as DomainPack;
  const problems = validate(domainPackKind, pack);
  if (problems.length > 0) {
    throw new CommandError(
      `The pack in ${folder} is not valid:\n${problems
        .map(problem => `- ${problem}`)
        .join('\n')}`,
      'Correct pack.yaml and try again.',
    );
  }
  return pack;
}
