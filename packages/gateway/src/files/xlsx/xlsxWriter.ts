import type { ContractColumn } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { formatOf } from '../../excelSheet';
import type { FileWriter, TableFile } from '../writer/FileWriter';
import { queryAll } from '../writer/queryAll';
import { rowToXml, textRow, type TextCell } from './cells';
import { checkLimits } from './checkLimits';
import { boldStyle, sheetHead, sheetTail, workbookParts } from './parts';

/** Maximum length of the name of a sheet. */
const maxName = 31;
/** Widths of columns in characters. */
const [minWidth, maxWidth] = [8, 60];
/** XML is repetitive: higher levels take more time and save little. */
const compressionLevel = 3;

/**
 * Writes tables as Excel workbooks (ECMA-376): a sheet with typed cells in the number formats of the vocabulary, and a
 * sheet about the origin and the columns. Instants are in UTC, because Excel has no time zones.
 */
export const xlsxWriter: FileWriter = {
  async write(table) {
    const { fn, onRows, properties } = table;
    const { lengths, rows } = await checkLimits(table);
    onRows(rows);
    const described = fn.result.columns ?? [];
    const codes = properties.map(property =>
      formatOf(
        property,
        described.find(({ name }) => name === property.column)?.excel,
      ),
    );
    const formats = [...new Set(codes)].filter(code => code !== undefined);
    const styles = codes.map(code =>
      code === undefined ? 0 : boldStyle + 1 + formats.indexOf(code),
    );
    const sheets = [fn.name.slice(0, maxName), 'About this table'];
    const zip = new ZipFile();
    for (const [path, text] of Object.entries(workbookParts(sheets, formats)))
      zip.addBuffer(Buffer.from(text), path);
    zip.addBuffer(
      Buffer.from(aboutSheet(table, rows)),
      'xl/worksheets/sheet2.xml',
    );
    const widths = properties.map(({ column = '' }, index) =>
      Math.max(
        minWidth,
        column.length + 2,
        Math.min(maxWidth, lengths[index] + 2),
      ),
    );
    const data = Readable.from(dataSheet(table, styles, widths), {
      objectMode: false,
    });
    const output = zip.outputStream as Readable;
    data.on('error', error => output.destroy(error));
    output.on('close', () => data.destroy());
    zip.addReadStream(data, 'xl/worksheets/sheet1.xml', { compressionLevel });
    zip.end();
    return output;
  },
};

async function* dataSheet(
  table: TableFile,
  styles: readonly number[],
  widths: readonly number[],
): AsyncGenerator<string> {
  const { properties } = table;
  const names = properties.map(({ column = '' }) => bold(column));
  yield sheetHead(widths, { isFirstRowFrozen: true }) + textRow(1, names);
  const sql = `SELECT ${rowToXml(properties, styles)} FROM rows`;
  for await (const rows of queryAll(table, sql))
    yield rows.map(([xml]) => xml).join('');
  yield sheetTail();
}

function aboutSheet({ fn, origin, snapshot }: TableFile, rows: number): string {
  const facts = [
    ['Function', fn.name],
    ['Description', fn.description ?? fn.title ?? ''],
    ...origin,
    ['Rows', String(rows)],
    ['Calculated', snapshot.modifiedAt.toISOString()],
    ...(snapshot.run ? [['Run', snapshot.run.name]] : []),
  ];
  const columns = fn.result.columns ?? [];
  const lines: TextCell[][] = [
    ...facts.map(([label, text]) => [bold(label), { text }]),
    [],
    ['Column', 'Title', 'Unit', 'Description'].map(bold),
    ...columns.map(column => describeColumn(column).map(text => ({ text }))),
  ];
  return [
    sheetHead([20, 40, 12, 80]),
    ...lines.map((cells, index) => textRow(index + 1, cells)),
    sheetTail(),
  ].join('');
}

function bold(text: string): TextCell {
  return { text, style: boldStyle };
}

function describeColumn({
  description = '',
  name,
  title = '',
  unit = '',
}: ContractColumn): string[] {
  return [name, title, unit, description];
}
