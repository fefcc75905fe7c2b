import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { formatOf } from '../excelSheet';
import { isNumeric, propertiesOf, type EdmType } from '../tables';
import type { AddInColumn, CellKind } from './AddIn';

const kinds: Partial<Record<EdmType, CellKind>> = {
  'Edm.Boolean': 'boolean',
  'Edm.Date': 'date',
  'Edm.DateTimeOffset': 'datetime',
  'Edm.Duration': 'duration',
  'Edm.TimeOfDay': 'time',
};

/** Returns the columns of a result; that of a single value is without a name. */
export function columnsOf({
  kind,
  columns,
  schema,
}: ContractFunction['result']) {
  return kind === 'value'
    ? describe([{ name: '', type: '', schema: itemsOf(schema) }])
    : describe(columns ?? []);
}

function describe(
  columns: NonNullable<ContractFunction['result']['columns']>,
): AddInColumn[] {
  return propertiesOf(columns).map((property, index) => {
    const { excel, name } = columns[index];
    return {
      name,
      kind: property.isJson ? 'json' : kindOf(property.type),
      format: formatOf(property, excel),
    };
  });
}

function kindOf(type: EdmType): CellKind {
  return isNumeric(type) ? 'number' : kinds[type] ?? 'text';
}

function itemsOf(schema: Record<string, unknown> = {}) {
  return schema.type === 'array'
    ? (schema.items as Record<string, unknown> | undefined)
    : schema;
}
