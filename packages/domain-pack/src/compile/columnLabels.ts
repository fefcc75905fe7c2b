import type { SourceOfPack } from '../source/readSource';
import { readTable } from '../source/readTable';
import type { PackSource } from '../source/schemas';

type Dataset = PackSource['spec']['datasets'][number];

/**
 * Returns what people call the values of a data set's columns, by column and value: by the label of the column, or
 * of the column that it refers to.
 */
export function columnLabels(
  { files, source }: Pick<SourceOfPack, 'files' | 'source'>,
  dataset: Dataset,
): Record<string, Record<string, string>> {
  const datasets = source!.spec.datasets;
  return Object.fromEntries(
    (dataset.columns ?? []).flatMap(({ label, name, references }) => {
      const other = datasets.find(one => one.name === references?.dataset);
      const target = other?.columns?.find(
        column => column.name === references?.column,
      );
      if (label) return [[name, labelsIn(files, dataset, name, label)]];
      return other && target?.label
        ? [[name, labelsIn(files, other, target.name, target.label)]]
        : [];
    }),
  );
}

function labelsIn(
  files: SourceOfPack['files'],
  { file }: Dataset,
  column: string,
  label: string,
): Record<string, string> {
  const table = readTable(file, files.get(file) ?? '');
  if ('problem' in table) return {};
  const [from, to] = [column, label].map(name => table.columns.indexOf(name));
  return Object.fromEntries(
    table.rows.map(({ cells }) => [cells[from], cells[to]]),
  );
}
