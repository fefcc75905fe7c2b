import type { PictureCell } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { formatCell } from './formatCell';

/** Significant digits of the largest number of a column. */
const digits = 4;
/** Columns of smaller numbers have no common number of decimals. */
const mostDecimals = 12;

/**
 * Returns a function that formats the values of one column: its numbers have the same number of decimals, at least two
 * where there are as many, so that they can be compared. A number that would become zero keeps its digits.
 *
 * @param values - all values of the column
 */
export function formatColumn(
  values: readonly PictureCell[],
): (value: PictureCell) => string {
  const numbers = values.filter(one => typeof one === 'number');
  if (numbers.every(Number.isInteger)) return formatCell;
  const magnitude = Math.floor(
    Math.log10(Math.max(...numbers.map(one => Math.abs(one)))),
  );
  const wanted = Math.max(2, digits - 1 - magnitude);
  if (wanted > mostDecimals) return formatCell;
  const decimals = Math.min(wanted, Math.max(...numbers.map(decimalsOf)));
  const format = new Intl.NumberFormat('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return value =>
    typeof value === 'number' &&
    (value === 0 || Math.abs(value) >= 0.5 * 10 ** -decimals)
      ? format.format(value)
      : formatCell(value);
}

function decimalsOf(value: number): number {
  const [, decimals = '', exponent = '0'] =
    /(?:\.(\d+))?(?:e-(\d+))?$/.exec(String(value)) ?? [];
  return decimals.length + Number(exponent);
}
