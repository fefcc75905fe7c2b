import type { ContractColumn } from '../../kinds';
import type { ConnectionSource } from './ConnectionSource';

/**
 * Returns a script for Google Sheets (https://developers.google.com/apps-script), which adds a menu to a spreadsheet. The
 * token is a property of the person, so that neither script nor spreadsheet contain it.
 *
 * @public
 */
export function appsScript(source: ConnectionSource): string {
  const { app, service } = source;
  return `// To read further tables of ${app}, add their entries from their scripts. The name is that of the sheet.
const tables = [
${JSON.stringify(tableOf(source), null, 2).replace(/^/gm, '  ')},
];
const tokenName = ${JSON.stringify(`Token of ${service}`)};

function onOpen() {
  SpreadsheetApp.getUi()
    .createMenu(${JSON.stringify(app)})
    .addItem('Refresh', 'refresh')
    .addItem('Enter token', 'enterToken')
    .addToUi();
}

function enterToken() {
  const ui = SpreadsheetApp.getUi();
  const answer = ui.prompt(${JSON.stringify(
    `Token of ${app}`,
  )}, ui.ButtonSet.OK_CANCEL);
  if (answer.getSelectedButton() !== ui.Button.OK) return;
  PropertiesService.getUserProperties().setProperty(tokenName, answer.getResponseText().trim());
}

function refresh() {
  const token = PropertiesService.getUserProperties().getProperty(tokenName);
  if (!token) throw new Error('Choose Enter token first');
  const problems = [];
  tables.forEach(table => {
    try {
      refreshTable(table, token);
    } catch (error) {
      problems.push(table.name + ': ' + error.message);
    }
  });
  if (problems.length > 0) throw new Error(problems.join('\\n'));
}

function refreshTable(table, token) {
  const response = UrlFetchApp.fetch(table.address, {
    headers: { Authorization: 'Bearer ' + token },
    muteHttpExceptions: true,
  });
  if (response.getResponseCode() !== 200) throw new Error(reasonOf(response));
  const rows = JSON.parse(response.getContentText()).rows
    .map(row => table.columns.map(column => toCell(row[column], column, table)));
  const book = SpreadsheetApp.getActiveSpreadsheet();
  const sheet = book.getSheetByName(table.name) || book.insertSheet(table.name);
  sheet.clearContents();
  sheet.getRange(1, 1, rows.length + 1, table.columns.length).setValues([table.columns, ...rows]);
}

function reasonOf(response) {
  try {
    return JSON.parse(response.getContentText()).error.message;
  } catch {
    return 'The address returned status ' + response.getResponseCode();
  }
}

function toCell(value, column, table) {
  if (value === null || value === undefined || value === '') return '';
  if (table.decimals.includes(column) && isFinite(value)) return Number(value);
  if (table.dates.includes(column) && /^\\d{4}-\\d\\d-\\d\\d$/.test(value)) return value;
  const text = typeof value === 'object' ? JSON.stringify(value) : value;
  // After an apostrophe, Sheets makes no number, date or formula of a text.
  return typeof text === 'string' ? "'" + text : text;
}
`;
}

/** What the script needs to know of a table. */
function tableOf({ address, fn: { name, result }, query }: ConnectionSource) {
  const columns = result.columns ?? [];
  const namesOf = (isMeant: (column: ContractColumn) => boolean) =>
    columns.filter(isMeant).map(column => column.name);
  return {
    name,
    address: `${address}.json${query}`,
    columns: columns.map(column => column.name),
    decimals: namesOf(
      ({ edm, schema, type }) =>
        edm === 'Edm.Decimal' ||
        schema?.format === 'decimal' ||
        (type === 'Decimal' && schema?.type === 'string'),
    ),
    dates: namesOf(({ schema }) => schema?.format === 'date'),
  };
}
