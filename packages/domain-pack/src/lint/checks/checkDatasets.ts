import { nearest, suggestion } from '../../problem/nearest';
import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
import type { Table } from '../../source/readTable';
import { tableOf } from '../../source/tableOf';
import { checkColumns } from './checkColumns';
import { problemsIn } from './problemsIn';

/** Files beside the data that are not data. */
const besides = /^data\/(LICEN[CS]E|README|NOTICE)/i;
const secrets = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b/;

/** Reports datasets that are missing or not tables, and keys that are not unique. */
export function checkDatasets(pack: PackSource): Problem[] {
  const { document, files, source } = pack;
  const datasets = source?.spec.datasets ?? [];
  const there = [...files.keys()].filter(
    path => path.startsWith('data/') && !besides.test(path),
  );
  const named = datasets.map(({ file }) => file);
  const unnamed = source ? there.filter(path => !named.includes(path)) : [];
  // A misspelled path is reported once, where the data set names the file.
  const misspelled = named
    .filter(file => !files.has(file))
    .map(file => nearest(file, unnamed));
  const wrong = datasets.flatMap((dataset, position) => {
    const place = ['spec', 'datasets', position];
    const text = files.get(dataset.file);
    const table = tableOf(files, dataset.file);
    if (table && 'problem' in table) return [table.problem];
    const cells: Problem[] = [];
    const declared = problemsIn(document, refuse => {
      if (text === undefined)
        refuse(
          [...place, 'file'],
          `The file ${dataset.file} of the data set "${dataset.name}" does not exist`,
          there.length > 0
            ? `${suggestion(
                dataset.file,
                unnamed,
              )}Add the file, or use one of: ${there.join(', ')}`
            : 'Add the file as CSV with a header',
        );
      if (table) {
        checkKey(dataset, table, (what, remedy) =>
          refuse([...place, 'key'], what, remedy),
        );
        cells.push(
          ...repeatedKey(dataset, table),
          ...checkColumns(pack, dataset, table, (at, what, remedy) =>
            refuse([...place, 'columns', ...at], what, remedy),
          ),
        );
      } else if (text !== undefined && dataset.columns)
        refuse(
          [...place, 'columns'],
          `${dataset.file} is not a CSV file, so it can't have columns`,
          'Remove columns, or choose a file that ends in .csv',
        );
    });
    return [...declared, ...cells];
  });
  return [
    ...wrong,
    ...unnamed
      .filter(file => !misspelled.includes(file))
      .map(file => ({
        file,
        what: 'No data set uses this file',
        remedy: 'Add it under spec.datasets with its license, or delete it',
      })),
    ...[...files]
      .filter(([, text]) => secrets.test(text))
      .map(([file, text]) => ({
        file,
        line: text.slice(0, text.search(secrets)).split('\n').length,
        what: 'The file contains a secret',
        remedy:
          'Remove the secret from the file and revoke it: packs are public within the portal',
      })),
  ];
}

function checkKey(
  { file, key }: { file: string; key: string[] },
  { columns }: Table,
  refuse: (what: string, remedy: string) => void,
): void {
  const missing = key.filter(name => !columns.includes(name));
  if (missing.length > 0)
    refuse(
      `${file} has no column ${missing.join(', ')}`,
      `Use some of: ${columns.join(', ')}`,
    );
  else if (key.length === 0)
    refuse(
      `The data set of ${file} has no key`,
      `List the columns that identify a row; available: ${columns.join(', ')}`,
    );
}

/** The first row whose key a row before it has. */
function repeatedKey(
  { file, key }: { file: string; key: string[] },
  { columns, rows }: Table,
): Problem[] {
  const places = key.map(name => columns.indexOf(name));
  // What is wrong with the key itself is reported where it is declared.
  if (key.length === 0 || places.includes(-1)) return [];
  const lines = new Map<string, number>();
  for (const { cells, line } of rows) {
    const value = places.map(place => cells[place]);
    const before = lines.get(JSON.stringify(value));
    if (before !== undefined)
      return [
        {
          file,
          line,
          what: `The ${key.join(', ')} ${value.join(
            ', ',
          )} already occurs in line ${before}`,
          remedy: 'Delete one of the rows, or name more columns as key',
        },
      ];
    lines.set(JSON.stringify(value), line);
  }
  return [];
}
