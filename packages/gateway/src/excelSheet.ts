import type { EdmType, Property } from './tables';

/**
 * Limits of a sheet of Excel
 * (https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3). Numbers
 * with more significant digits become texts, so that no digit is lost.
 */
export const sheetLimits = {
  characters: 32_767,
  columns: 16_384,
  digits: 15,
  rows: 1_048_576,
};

/** Serial number of 1970-01-01; serial 0 is 1899-12-30, as all programs count from 1900-03-01 on. */
export const unixEpoch = 25_569;

/** Default number formats (ECMA-376 part 1, section 18.8.30). */
const formats: Partial<Record<EdmType, string>> = {
  'Edm.Date': 'yyyy-mm-dd',
  'Edm.DateTimeOffset': 'yyyy-mm-dd hh:mm:ss',
  'Edm.TimeOfDay': 'hh:mm:ss',
  'Edm.Duration': '[h]:mm:ss',
};

/** Returns the number format of a column, that of the vocabulary first; `undefined` for texts and plain numbers. */
export function formatOf(
  { type }: Property,
  excel: string | undefined,
): string | undefined {
  return excel ?? formats[type];
}
