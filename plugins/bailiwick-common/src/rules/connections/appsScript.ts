import type { ConnectionSource } from './ConnectionSource';

/**
 * Returns a script for Google Sheets (https://developers.google.com/apps-script), which adds a menu to a spreadsheet. The
 * token is a property of the person, so that neither script nor spreadsheet contain it.
 */
export function appsScript({
  address,
  app,
  fn: { name, result },
  query,
}: ConnectionSource): string {
  const columns = (result.columns ?? []).map(({ name: column }) => column);
  const decimals = (result.columns ?? [])
    .filter(({ schema, type }) =>
      [type, schema?.format].some(word => /^decimal$/i.test(String(word))),
    )
    .map(({ name: column }) => column);
  return `const address = ${JSON.stringify(`${address}.json${query}`)};
const columns = ${JSON.stringify(columns)};
const decimals = ${JSON.stringify(decimals)};

function onOpen() {
  SpreadsheetApp.getUi()
    .createMenu(${JSON.stringify(app)})
    .addItem(${JSON.stringify(`Refresh ${name}`)}, 'refresh')
    .addItem('Enter token', 'enterToken')
    .addToUi();
}

function enterToken() {
  const ui = SpreadsheetApp.getUi();
  const answer = ui.prompt('Token of ${app}', ui.ButtonSet.OK_CANCEL);
  if (answer.getSelectedButton() !== ui.Button.OK) return;
  PropertiesService.getUserProperties().setProperty(address, answer.getResponseText().trim());
}

function refresh() {
  const token = PropertiesService.getUserProperties().getProperty(address);
  if (!token) throw new Error('Choose Enter token first');
  const response = UrlFetchApp.fetch(address, {
    headers: { Authorization: 'Bearer ' + token },
    muteHttpExceptions: true,
  });
  const body = JSON.parse(response.getContentText());
  if (response.getResponseCode() !== 200) throw new Error(body.error.message);
  const rows = body.rows.map(row => columns.map(column => toCell(row[column], column)));
  const book = SpreadsheetApp.getActiveSpreadsheet();
  const sheet = book.getSheetByName(${JSON.stringify(
    name,
  )}) || book.insertSheet(${JSON.stringify(name)});
  sheet.clearContents();
  sheet.getRange(1, 1, rows.length + 1, columns.length).setValues([columns, ...rows]);
}

function toCell(value, column) {
  if (value === null || value === undefined) return '';
  if (decimals.includes(column)) return Number(value);
  if (typeof value === 'object') return JSON.stringify(value);
  // An apostrophe makes a text of what would be a formula.
  return typeof value === 'string' && /^[=+\\-@']/.test(value) ? "'" + value : value;
}
`;
}
