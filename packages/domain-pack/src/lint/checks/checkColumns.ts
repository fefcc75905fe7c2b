import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { wordTextCheck } from '../../parameters/wordCheck';
import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
import type { Table } from '../../source/readTable';
import { tableOf } from '../../source/tableOf';
import type { PackManifest } from '../../source/schemas';
import { knownNamesOf, namesOf, oneOf, repeated } from './KnownNames';
import type { Refuse } from './problemsIn';

type Dataset = PackManifest['spec']['datasets'][number];
type Column = NonNullable<Dataset['columns']>[number];
type Cell = Problem & { line: number };

/** Wrong cells of one column that are reported one by one. */
const mostCells = 10;

/**
 * Checks the declared columns of a data set: names, words and relations, and each cell by its word.
 *
 * @param refuse - reports a declaration, by its place below `columns`
 * @returns the wrong cells, by the lines of the file
 */
export function checkColumns(
  pack: PackSource,
  { columns = [], file, key }: Dataset,
  table: Table,
  refuse: Refuse,
): Problem[] {
  for (const position of repeated(namesOf(columns)))
    refuse(
      [position],
      `The column "${columns[position].name}" is declared twice`,
      'Delete one of them',
    );
  return columns.flatMap((column, position) => {
    const at = table.columns.indexOf(column.name);
    if (at < 0) {
      refuse(
        [position, 'name'],
        `${file} has no column "${column.name}"`,
        oneOf(table.columns, column.name),
      );
      return [];
    }
    if (column.nullable && key.includes(column.name))
      refuse(
        [position, 'nullable'],
        `The key "${column.name}" of ${file} is nullable`,
        'Remove nullable or choose another key',
      );
    if (column.label)
      checkLabel(table, column.name, column.label, (what, remedy) =>
        refuse([position, 'label'], what, remedy),
      );
    const takes = cellCheck(pack, column, (place, what, remedy) =>
      refuse([position, ...place], what, remedy),
    );
    const wrong = table.rows.flatMap(({ cells, line }): Cell[] => {
      const problem = takes(cells[at]);
      return problem ? [{ file, line, ...problem }] : [];
    });
    return shortened(wrong, column.name);
  });
}

/** Refuses a label that is no column, and values with several labels. */
function checkLabel(
  { columns, rows }: Table,
  name: string,
  label: string,
  refuse: (what: string, remedy: string) => void,
): void {
  const [value, words] = [name, label].map(one => columns.indexOf(one));
  if (words < 0) {
    refuse(
      `The column "${label}" with labels of ${name} does not exist`,
      oneOf(
        columns.filter(one => one !== name),
        label,
      ),
    );
    return;
  }
  const labels = new Map<string, string>();
  for (const { cells, line } of rows) {
    const known = labels.get(cells[value]) ?? cells[words];
    if (known !== cells[words]) {
      refuse(
        `The ${name} "${cells[value]}" has two labels: ${known} and ${cells[words]} (line ${line})`,
        'Give each value one label',
      );
      return;
    }
    labels.set(cells[value], known);
  }
}

/** Returns the problem of a cell, with the remedy. */
type CellCheck = (cell: string) => Pick<Problem, 'what' | 'remedy'> | undefined;

function cellCheck(
  pack: PackSource,
  { name, nullable, references, type }: Column,
  refuse: Refuse,
): CellCheck {
  const { vocabulary } = knownNamesOf(pack);
  const word = vocabulary.find(one => one.name === type);
  if (!word)
    refuse(
      ['type'],
      `The vocabulary has no type "${type}"`,
      oneOf(namesOf(vocabulary), type),
    );
  const mismatch = word && wordTextCheck(word as never);
  const known = references && referencedCells(pack, references, refuse);
  return cell => {
    if (cell === '')
      return nullable
        ? undefined
        : {
            what: `The cell ${name} is empty`,
            remedy: 'Enter a value, or write nullable: true for the column',
          };
    const fault = mismatch?.(cell);
    if (fault)
      return {
        what: `The ${name} "${cell}" is not a valid ${type}: it ${fault}`,
        remedy: `Correct the cell, or the schema of ${type}`,
      };
    return known && !known.has(cell)
      ? {
          what: `The ${name} "${cell}" is not in the column ${
            references!.column
          } of the data set ${references!.dataset}`,
          remedy: `Correct the cell, or add a row to ${references!.dataset}`,
        }
      : undefined;
  };
}

/** Returns the values that a column may refer to; `undefined` when there is no such column. */
function referencedCells(
  pack: PackSource,
  { column, dataset }: NonNullable<Column['references']>,
  refuse: Refuse,
): Set<string> | undefined {
  const { datasets } = knownNamesOf(pack);
  const named = datasets.find(({ name }) => name === dataset);
  const file = String(named?.file);
  if (!named || !file.endsWith('.csv')) {
    refuse(
      ['references', 'dataset'],
      named
        ? `The data set "${dataset}" is not a CSV file`
        : `The pack has no data set "${dataset}"`,
      oneOf(
        namesOf(datasets.filter(one => String(one.file).endsWith('.csv'))),
        dataset,
      ),
    );
    return undefined;
  }
  const table = tableOf(pack.files, file);
  // Why that file is missing or cannot be read is reported where its own data set is checked.
  if (!table) return undefined;
  if ('problem' in table) return undefined;
  const at = table.columns.indexOf(column);
  if (at < 0) {
    refuse(
      ['references', 'column'],
      `The data set ${dataset} has no column "${column}"`,
      oneOf(table.columns, column),
    );
    return undefined;
  }
  return new Set(table.rows.map(({ cells }) => cells[at]));
}

/** Returns the first wrong cells of a column, with the number of the others. */
function shortened(cells: Cell[], column: string): Problem[] {
  const others = cells.length - mostCells;
  if (others <= 0) return cells;
  const { file, line } = cells[mostCells];
  return [
    ...cells.slice(0, mostCells),
    {
      file,
      line,
      what: `The column ${column} has ${formatCount(
        others,
        'more wrong cell',
      )}`,
      remedy:
        'Correct the cells above first; the others may have the same cause',
    },
  ];
}
