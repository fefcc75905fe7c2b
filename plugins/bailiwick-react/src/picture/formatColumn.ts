import type { PictureCell } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { formatCell } from './formatCell';
import { formatTimes } from './formatTimes';

/** Significant digits of the largest number of a column. */
const digits = 4;
/** Significant digits of the smallest number if the largest has many more. */
const digitsOfSmallest = 2;
/** Columns that need more decimals have no common number of them. */
const [mostDecimals, mostDecimalsOfWide] = [12, 6];

/** Numbers that differ by a larger factor need more decimals; whole numbers among them are other figures, such as counts. */
const mostTimes = 100;

/**
 * Returns a function that formats the values of one column: its numbers have the same number of decimals, at least two
 * where there are as many, so that they can be compared. Its times have seconds if one of them does.
 *
 * @param values - all values of the column
 * @public
 */
export function formatColumn(
  values: readonly PictureCell[],
): (value: PictureCell) => string {
  const times = formatTimes(values);
  if (times)
    return value =>
      typeof value === 'string' ? times(value) : formatCell(value);
  const numbers = values.filter(one => typeof one === 'number');
  if (numbers.every(Number.isInteger)) return formatCell;
  const sizes = numbers.filter(one => one !== 0).map(one => Math.abs(one));
  const [largest, smallest] = [Math.max(...sizes), Math.min(...sizes)];
  const isWide = largest > mostTimes * smallest;
  const wanted = Math.max(
    2,
    digits - 1 - Math.floor(Math.log10(largest)),
    isWide ? digitsOfSmallest - 1 - Math.floor(Math.log10(smallest)) : 0,
  );
  const isMixed = isWide && numbers.some(one => one && Number.isInteger(one));
  if (isMixed || wanted > (isWide ? mostDecimalsOfWide : mostDecimals))
    return formatCell;
  const decimals = Math.min(wanted, Math.max(...numbers.map(decimalsOf)));
  const format = new Intl.NumberFormat('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return value =>
    typeof value === 'number' ? format.format(value) : formatCell(value);
}

function decimalsOf(value: number): number {
  const [, decimals = '', exponent = '0'] =
    /(?:\.(\d+))?(?:e-(\d+))?$/.exec(String(value)) ?? [];
  return decimals.length + Number(exponent);
}
