import type { PackFiles } from '../folder/readPackFolder';
import type { Table } from '../source/readTable';
import { tableOf } from '../source/tableOf';
import type { PackManifest } from '../source/schemas';

type Dataset = PackManifest['spec']['datasets'][number];

/**
 * Returns the labels of a dataset's values, by column and value: from the column itself, or from the one that it refers
 * to.
 */
export function columnLabels(
  files: PackFiles,
  datasets: readonly Dataset[],
  dataset: Dataset,
): Record<string, Record<string, string>> {
  return Object.fromEntries(
    (dataset.columns ?? []).flatMap(({ label, name, references }) => {
      const other = datasets.find(one => one.name === references?.dataset);
      const target = other?.columns?.find(
        column => column.name === references?.column,
      );
      const [from, column, words] = label
        ? [dataset, name, label]
        : [other, target?.name, target?.label];
      const table = from && tableOf(files, from.file);
      if (!table || 'problem' in table || !column || !words) return [];
      return [[name, labelsIn(table, column, words)]];
    }),
  );
}

function labelsIn(
  { columns, rows }: Table,
  column: string,
  label: string,
): Record<string, string> {
  const [from, to] = [column, label].map(name => columns.indexOf(name));
  return Object.fromEntries(rows.map(({ cells }) => [cells[from], cells[to]]));
}
