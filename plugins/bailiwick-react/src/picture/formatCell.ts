import type { PictureCell } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

const numbers = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
/** Smaller numbers are written with an exponent. */
const tiny = 1e-6;
const midnight = /T00:00:00(\.0+)?(Z|[+-]\d{2}:\d{2})$/;
const seconds = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})[:.\d]*(Z|[+-]\d{2}:\d{2})$/;

/** Returns a sample value as short text: four significant digits, and times without seconds. */
export function formatCell(value: PictureCell): string {
  if (value === null) return '–';
  if (typeof value === 'number') {
    if (Number.isInteger(value)) return String(value);
    return Math.abs(value) < tiny
      ? String(Number(value.toPrecision(4)))
      : numbers.format(value);
  }
  return String(value).replace(midnight, '').replace(seconds, '$1 $2');
}
