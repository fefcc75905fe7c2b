import { escapeXml } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { sheetLimits, unixEpoch } from '../../excelSheet';
import { quote } from '../../snapshots';
import {
  propertySql,
  textToSql,
  type EdmType,
  type Property,
} from '../../tables';

const microsecondsPerDay = 86_400_000_000;

/**
 * Returns the SQL of a row as an XML element (ECMA-376 part 1, section 18.3.1.73), so that DuckDB writes it.
 *
 * @param styles - number of the style of each column
 */
export function rowToXml(
  properties: readonly Property[],
  styles: readonly number[],
): string {
  const columns = propertySql(properties);
  const number = `CAST(rowid + 2 AS VARCHAR)`;
  const cells = properties.map(({ name, type }, index) =>
    cellToXml(columns.get(name)!.sql, type, {
      column: columnLetters(index),
      number,
      style: styles[index],
    }),
  );
  return `'<row r="' || ${number} || '">' || ${cells.join(' || ')} || '</row>'`;
}

/** Returns the letters of a column: A to Z, AA, AB, … */
function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

/** Place and style of a cell. */
interface Cell {
  column: string;
  /** SQL of the number of the row. */
  number: string;
  style: number;
}

function cellToXml(
  sql: string,
  type: EdmType,
  { column, number: row, style }: Cell,
): string {
  const open = `'<c r="${column}' || ${row} || '"`;
  const number = (value: string) =>
    `${open} s="${style}"><v>' || ${value} || '</v></c>'`;
  const text = (value: string) =>
    `${open} t="inlineStr"><is><t xml:space="preserve">' || ${value} || '</t></is></c>'`;
  /** A number if a condition holds, otherwise the same text as in other formats. */
  const either = (condition: string, value: string) =>
    `CASE WHEN ${condition} THEN ${number(value)} ELSE ${text(
      textToSql(sql, type),
    )} END`;
  return `coalesce(${cell()}, '')`;

  function cell(): string {
    switch (type) {
      case 'Edm.Boolean':
        return `${open} t="b"><v>' || CAST(CAST(${sql} AS INTEGER) AS VARCHAR) || '</v></c>'`;
      case 'Edm.Int32':
        return number(`CAST(${sql} AS VARCHAR)`);
      case 'Edm.Int64':
      case 'Edm.Decimal': {
        const value = textToSql(sql, type);
        const digits = `length(trim(regexp_replace(${value}, '[^0-9]', '', 'g'), '0'))`;
        return either(`${digits} <= ${sheetLimits.digits}`, value);
      }
      case 'Edm.Double':
        return `CASE WHEN NOT isfinite(${sql}) THEN ${open} t="e"><v>#NUM!</v></c>' ELSE ${number(
          `CAST(${sql} AS VARCHAR)`,
        )} END`;
      case 'Edm.Date':
        return either(
          `${sql} BETWEEN DATE '1900-03-01' AND DATE '9999-12-31'`,
          `CAST(date_diff('day', DATE '1970-01-01', ${sql}) + ${unixEpoch} AS VARCHAR)`,
        );
      case 'Edm.DateTimeOffset':
        return either(
          `${sql} >= TIMESTAMPTZ '1900-03-01 00:00:00+00' AND ${sql} < TIMESTAMPTZ '10000-01-01 00:00:00+00'`,
          `CAST(epoch_us(${sql}) / ${microsecondsPerDay}.0 + ${unixEpoch} AS VARCHAR)`,
        );
      case 'Edm.TimeOfDay':
        return number(
          `CAST(epoch_us(${sql}) / ${microsecondsPerDay}.0 AS VARCHAR)`,
        );
      case 'Edm.Duration':
        return either(
          `${sql} >= 0`,
          `CAST(${sql} / ${microsecondsPerDay}.0 AS VARCHAR)`,
        );
      default:
        return text(escapedSql(`CAST(${sql} AS VARCHAR)`));
    }
  }
}

/** Characters that XML 1.0 has not, and the carriage return, which a parser would change. */
const special = '[\\x01-\\x08\\x0B-\\x1F\\x{FFFE}\\x{FFFF}]';
const specialCodes = [
  ...Array.from({ length: 31 }, (_, index) => index + 1).filter(
    code => code !== 9 && code !== 10,
  ),
  0xfffe,
  0xffff,
];

/** Returns the SQL of a text in XML, with `_xHHHH_` for characters that XML has not (ECMA-376 part 1, section 22.9.2.19). */
function escapedSql(sql: string): string {
  const marked = `regexp_replace(${sql}, '_(x[0-9A-Fa-f]{4}_)', '_x005F_\\1', 'g')`;
  const escaped = [
    ['&', '&amp;'],
    ['<', '&lt;'],
    ['>', '&gt;'],
  ].reduce(
    (inner, [from, to]) => `replace(${inner}, '${from}', '${to}')`,
    marked,
  );
  const coded = specialCodes.reduce(
    (inner, code) =>
      `replace(${inner}, chr(${code}), '_x${code
        .toString(16)
        .toUpperCase()
        .padStart(4, '0')}_')`,
    escaped,
  );
  return `CASE WHEN regexp_matches(${sql}, ${quote(
    special,
  )}) THEN ${coded} ELSE ${escaped} END`;
}

/** A text and its style. */
export interface TextCell {
  text: string;
  style?: number;
}

/** Returns a row of texts. */
export function textRow(number: number, cells: readonly TextCell[]): string {
  const xml = cells.map(
    ({ style = 0, text }, index) =>
      `<c r="${columnLetters(
        index,
      )}${number}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(
        text,
      )}</t></is></c>`,
  );
  return `<row r="${number}">${xml.join('')}</row>`;
}
