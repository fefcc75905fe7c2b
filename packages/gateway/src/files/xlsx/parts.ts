import { escapeXml } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const officeRelations =
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations =
  'http://schemas.openxmlformats.org/package/2006/relationships';
const typePrefix =
  'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Style of bold cells; those of the formats follow. */
export const boldStyle = 1;
/** Number of the first number format of a file (ECMA-376 part 1, section 18.8.30). */
const firstFormat = 164;

/**
 * Returns the fixed parts of a workbook by their paths (ECMA-376 part 2).
 *
 * @param sheets - names of the sheets
 * @param formats - number formats, whose styles follow {@link boldStyle}
 */
export function workbookParts(
  sheets: readonly string[],
  formats: readonly string[],
): Record<string, string> {
  const numbers = sheets.map((_, index) => index + 1);
  const sheetPath = (number: number) => `worksheets/sheet${number}.xml`;
  return {
    '[Content_Types].xml': `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${typePrefix}.sheet.main+xml"/>${numbers
      .map(
        number =>
          `<Override PartName="/xl/${sheetPath(
            number,
          )}" ContentType="${typePrefix}.worksheet+xml"/>`,
      )
      .join(
        '',
      )}<Override PartName="/xl/styles.xml" ContentType="${typePrefix}.styles+xml"/></Types>`,
    '_rels/.rels': relations(packageRelations, [
      ['rId1', 'officeDocument', 'xl/workbook.xml'],
    ]),
    'xl/workbook.xml': `${declaration}<workbook xmlns="${main}" xmlns:r="${officeRelations}"><sheets>${sheets
      .map(
        (name, index) =>
          `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${
            index + 1
          }"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(packageRelations, [
      ...numbers.map<[string, string, string]>(number => [
        `rId${number}`,
        'worksheet',
        sheetPath(number),
      ]),
      [`rId${sheets.length + 1}`, 'styles', 'styles.xml'],
    ]),
    'xl/styles.xml': styles(formats),
  };
}

function relations(
  namespace: string,
  targets: [id: string, type: string, target: string][],
): string {
  return `${declaration}<Relationships xmlns="${namespace}">${targets
    .map(
      ([id, type, target]) =>
        `<Relationship Id="${id}" Type="${officeRelations}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;
}

function styles(formats: readonly string[]): string {
  const numberFormats = formats
    .map(
      (code, index) =>
        `<numFmt numFmtId="${firstFormat + index}" formatCode="${escapeXml(
          code,
        )}"/>`,
    )
    .join('');
  const cell = (format: number, font: number) =>
    `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;
  return `${declaration}<styleSheet xmlns="${main}">${
    formats.length > 0
      ? `<numFmts count="${formats.length}">${numberFormats}</numFmts>`
      : ''
  }<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${
    formats.length + 2
  }">${cell(0, 0)}${cell(0, 1)}${formats
    .map((_, index) => cell(firstFormat + index, 0))
    .join(
      '',
    )}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

const frozenRow =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

/**
 * Returns the beginning of a sheet.
 *
 * @param widths - widths of the columns in characters
 */
export function sheetHead(
  widths: readonly number[],
  { isFirstRowFrozen = false } = {},
): string {
  const columns = widths
    .map(
      (width, index) =>
        `<col min="${index + 1}" max="${
          index + 1
        }" width="${width}" customWidth="1"/>`,
    )
    .join('');
  return `${declaration}<worksheet xmlns="${main}">${
    isFirstRowFrozen ? frozenRow : ''
  }<cols>${columns}</cols><sheetData>`;
}

/** Returns the end of a sheet. */
export function sheetTail(): string {
  return '</sheetData></worksheet>';
}
