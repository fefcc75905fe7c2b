import { sheetLimits } from '../../excelSheet';
import type { AddInColumn, AddInFunction, CellKind } from '../AddIn';
import { toDays, toSerial } from './dates';
import { cellError, supportsFormats } from './office';

/** Value of a cell: plain, an error, or a number with a format. */
export type Cell =
  | boolean
  | number
  | string
  | CustomFunctions.Error
  | { type: 'Double'; basicValue: number; numberFormat: string };

type Row = Record<string, unknown>;

/** Maximum number of rows, without the names of the columns. */
const maxRows = sheetLimits.rows - 1;

/** @throws CustomFunctions.Error when the rows do not fit into a sheet */
export function toMatrix(rows: Row[], columns: AddInColumn[]): Cell[][] {
  if (rows.length > maxRows)
    throw cellError(
      'notAvailable',
      `The result has ${rows.length} rows, but a sheet has at most ${maxRows}. Narrow it with the arguments`,
    );
  return [
    columns.map(({ name }) => name),
    ...rows.map(row => columns.map(column => toCell(row[column.name], column))),
  ];
}

/** Returns a single value, or a list as a column. */
export function toResult(
  value: unknown,
  { columns: [column], isMatrix }: AddInFunction,
): Cell | Cell[][] {
  if (!isMatrix) return toCell(value, column);
  const list = Array.isArray(value) ? value : [value];
  return list.length > 0 ? list.map(one => [toCell(one, column)]) : [['']];
}

function toCell(value: unknown, { format, kind }: AddInColumn): Cell {
  if (value === null || value === undefined) return '';
  const plain = toPlain(value, kind);
  if (typeof plain === 'string' && plain.length > sheetLimits.characters)
    return cellError(
      'invalidValue',
      `This text has ${plain.length} characters, but a cell has at most ${sheetLimits.characters}`,
    );
  const isFormatted =
    typeof plain === 'number' && format !== undefined && supportsFormats();
  return isFormatted
    ? { type: 'Double', basicValue: plain, numberFormat: format }
    : plain;
}

function toPlain(value: unknown, kind: CellKind): boolean | number | string {
  if (typeof value === 'object' || kind === 'json')
    return typeof value === 'string' ? value : JSON.stringify(value);
  const text = String(value);
  switch (kind) {
    case 'boolean':
      return typeof value === 'boolean' ? value : text;
    case 'date':
    case 'datetime':
      return toSerial(text) ?? text;
    case 'duration':
    case 'time':
      return toDays(text) ?? text;
    case 'number':
      return toNumber(text);
    default:
      return text;
  }
}

/** Numbers with too many digits are texts, so that no digit is lost. */
function toNumber(text: string): number | string {
  const [mantissa] = text.toLowerCase().split('e');
  const digits = mantissa.replace(/\D/g, '').replace(/^0+|0+$/g, '');
  const value = Number(text);
  const isExact = Number.isFinite(value) && digits.length <= sheetLimits.digits;
  return isExact || isFloat(text, value) ? value : text;
}

/** Whether a text is how JavaScript writes a floating-point number, whose last digits are not exact anyway. */
function isFloat(text: string, value: number): boolean {
  return /[.e]/i.test(text) && String(value) === text;
}
