import { CsvError, parse } from 'csv-parse/sync';
import type { Problem } from '../../problem/Problem';
import type { SourceOfPack } from '../../source/readSource';
import { problemAt, repeated } from './KnownNames';

/** Files that stand beside data without being some. */
const besides = /^data\/(LICEN[CS]E|README|NOTICE)/i;
const secrets = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b/;

/** Data that is not there, is no table, or has keys that do not tell its rows apart. */
export function checkDatasets({
  document,
  files,
  source,
}: SourceOfPack): Problem[] {
  const datasets = source?.spec.datasets ?? [];
  const there = [...files.keys()].filter(
    path => path.startsWith('data/') && !besides.test(path),
  );
  const named = datasets.map(({ file }) => file);
  const unnamed = source ? there.filter(path => !named.includes(path)) : [];
  return [
    ...datasets.flatMap((dataset, position) => {
      const place = ['spec', 'datasets', position];
      const text = files.get(dataset.file);
      if (text === undefined)
        return [
          problemAt(
            document,
            [...place, 'file'],
            `The file ${dataset.file} of the data set "${dataset.name}" is not there`,
            there.length > 0
              ? `Put it there, or name one of: ${there.join(', ')}`
              : 'Put it there: a table as CSV, with a header',
          ),
        ];
      if (!dataset.file.endsWith('.csv')) return [];
      const table = readTable(dataset.file, text);
      if ('problem' in table) return [table.problem];
      return keyProblems(dataset, table).map(([what, remedy]) =>
        problemAt(document, [...place, 'key'], what, remedy),
      );
    }),
    ...unnamed.map(file => ({
      file,
      what: 'No data set names it',
      remedy: 'Name it under spec.datasets with its licence, or delete it',
    })),
    ...[...files]
      .filter(([, text]) => secrets.test(text))
      .map(([file, text]) => ({
        file,
        line: text.slice(0, text.search(secrets)).split('\n').length,
        what: 'It holds a secret',
        remedy:
          'Take it out and replace it where it is used: everybody reads a pack',
      })),
  ];
}

interface Table {
  columns: string[];
  rows: string[][];
}

function readTable(file: string, text: string): Table | { problem: Problem } {
  const faulty = (line: number, what: string, remedy: string) => ({
    problem: { file, line, what, remedy },
  });
  try {
    const [columns = [], ...rows]: string[][] = parse(text, {
      skip_empty_lines: true,
    });
    const [position] = repeated(columns);
    if (position !== undefined)
      return faulty(
        1,
        `It has two columns "${columns[position]}"`,
        'Rename one of them',
      );
    if (rows.length === 0)
      return faulty(1, 'It has no rows', 'Write the header and some rows');
    return { columns, rows };
  } catch (error) {
    const { lines = 1, message } = error as CsvError & { lines?: number };
    return faulty(
      lines,
      `It is no CSV: ${message.split('\n')[0].replace(/ on line \d+$/, '')}`,
      'Give all rows the columns of the header, and double the quotes in quoted fields',
    );
  }
}

function keyProblems(
  { file, key }: { file: string; key: string[] },
  { columns, rows }: Table,
): [what: string, remedy: string][] {
  const missing = key.filter(name => !columns.includes(name));
  if (missing.length > 0)
    return [
      [
        `${file} has no column ${missing.join(', ')}`,
        `Name some of: ${columns.join(', ')}`,
      ],
    ];
  if (key.length === 0)
    return [
      [
        `Nothing tells the rows of ${file} apart`,
        `Name the columns that do; there are ${columns.join(', ')}`,
      ],
    ];
  const places = key.map(name => columns.indexOf(name));
  const seen = new Set<string>();
  for (const row of rows) {
    const values = places.map(place => row[place]);
    const text = JSON.stringify(values);
    if (seen.has(text))
      return [
        [
          `Two rows of ${file} have the ${key.join(', ')} ${values.join(', ')}`,
          'Name more columns as key, or take the row out that is too many',
        ],
      ];
    seen.add(text);
  }
  return [];
}
