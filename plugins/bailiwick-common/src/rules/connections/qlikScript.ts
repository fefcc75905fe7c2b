import type { ContractColumn } from '../../kinds';
import type { ConnectionSource } from './ConnectionSource';

/**
 * Returns a load script for Qlik, which reads the rows with the REST connector
 * (https://help.qlik.com/en-US/connectors/Subsystems/REST_connector_help/Content/Connectors_REST/Load-data/Load-data-from-REST-connector.htm).
 * The connection, see {@link qlikConnection}, holds address and token.
 *
 * @public
 */
export function qlikScript({
  app,
  fn: { name, result },
}: Pick<ConnectionSource, 'app' | 'fn'>): string {
  const columns = result.columns ?? [];
  const selected = columns
    .map(column => `        ${quote(column.name)},\n`)
    .join('');
  return `LIB CONNECT TO '${qlikConnection({ app, fn: { name } })}';

RestConnectorMasterTable:
SQL SELECT
    "__KEY_root",
    (SELECT
${selected}        "__FK_rows"
    FROM "rows" FK "__FK_rows")
FROM JSON (wrap on) "root" PK "__KEY_root";

[${name}]:
LOAD
${columns.map(column => `    ${fieldOf(column)}`).join(',\n')}
RESIDENT RestConnectorMasterTable
WHERE NOT IsNull([__FK_rows]);

DROP TABLE RestConnectorMasterTable;
`;
}

/** Returns the name of the connection for a table: a connection has one address. @public */
export function qlikConnection({
  app,
  fn: { name },
}: {
  app: string;
  fn: { name: string };
}): string {
  return `${app}-${name}`;
}

/** Texts of dates and decimals become dates and numbers, whatever the locale of the app. */
function fieldOf({ name, schema = {}, type }: ContractColumn): string {
  const field = bracket(name);
  if (schema.format === 'date')
    return `Date(Date#(${field}, 'YYYY-MM-DD')) AS ${field}`;
  if (type === 'Decimal' || schema.format === 'decimal')
    return `Num#(${field}, '#.#', '.') AS ${field}`;
  return field;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function bracket(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}
