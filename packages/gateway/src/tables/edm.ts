import type { ContractColumn } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Primitive types of this service (CSDL 4.0, section 4.4). */
export type EdmType =
  | 'Edm.Boolean'
  | 'Edm.Int32'
  | 'Edm.Int64'
  | 'Edm.Double'
  | 'Edm.Decimal'
  | 'Edm.String'
  | 'Edm.Date'
  | 'Edm.DateTimeOffset'
  | 'Edm.TimeOfDay'
  | 'Edm.Duration'
  | 'Edm.Guid';

/** A property of an entity type. */
export interface Property {
  /** Identifier of OData (CSDL 4.0, section 17.2). */
  name: string;
  /** Name of the column in the contract; absent for the number of the row. */
  column?: string;
  type: EdmType;
  /** Whether the values are lists, objects or of several types, which are delivered as JSON texts. */
  isJson?: boolean;
  /** Whether the function returns floating-point numbers for decimals, which are rounded to their scale. */
  isRounded?: boolean;
  isNullable: boolean;
  precision?: number;
  scale?: number;
  description?: string;
}

const identifier = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;
const maxLength = 128;

/** Whether a type is a number. */
export function isNumeric(type: EdmType): boolean {
  return /^Edm\.(Int32|Int64|Double|Decimal)$/.test(type);
}

/**
 * Returns the properties of a table. Columns whose names are not valid identifiers get a similar name, which is unique.
 */
export function propertiesOf(columns: readonly ContractColumn[]): Property[] {
  // Valid names stay as they are, so they are taken before others are derived.
  const taken = new Set(
    columns.map(({ name }) => name).filter(name => isIdentifier(name)),
  );
  return columns.map(column => {
    const name = isIdentifier(column.name)
      ? column.name
      : uniqueName(column.name, taken);
    taken.add(name);
    return {
      name,
      column: column.name,
      isNullable: column.nullable === true,
      ...typeOf(column),
      ...(column.description && { description: column.description }),
    };
  });
}

function isIdentifier(name: string): boolean {
  return name.length <= maxLength && identifier.test(name);
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
  const letters = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{Nd}_]+/gu, '_')
    .slice(0, maxLength - 4);
  const base = /^[\p{L}_]/u.test(letters) ? letters : `_${letters}`;
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function typeOf({
  edm,
  schema = {},
  type: word,
}: ContractColumn): Pick<
  Property,
  'type' | 'precision' | 'scale' | 'isJson' | 'isRounded'
> {
  const [, name, precision, scale] =
    /^(Edm\.\w+)(?:\((\d+),(\d+)\))?$/.exec(edm ?? '') ?? [];
  if (name === 'Edm.Int16') return { type: 'Edm.Int32' };
  if (name === 'Edm.Single') return { type: 'Edm.Double' };
  // The runtime has no results of these types; their texts are delivered as they are.
  if (name === 'Edm.Binary') return { type: 'Edm.String' };
  if (name)
    return {
      type: name as EdmType,
      ...(precision && { precision: Number(precision), scale: Number(scale) }),
      ...(name === 'Edm.Decimal' &&
        schema.type === 'number' && { isRounded: true }),
    };
  // Python's Decimal is a text without a format.
  if (word === 'Decimal' && schema.type === 'string')
    return { type: 'Edm.Decimal' };
  const type = typeOfSchema(schema);
  return type ? { type } : { type: 'Edm.String', isJson: true };
}

/** Part of JSON Schema that decides about a type. */
export interface Schema {
  items?: Schema;
  type?: string | string[];
  format?: string;
  anyOf?: Schema[];
  minimum?: number;
  maximum?: number;
}

const formats: Record<string, EdmType> = {
  date: 'Edm.Date',
  'date-time': 'Edm.DateTimeOffset',
  decimal: 'Edm.Decimal',
  duration: 'Edm.Duration',
  time: 'Edm.TimeOfDay',
  uuid: 'Edm.Guid',
};

/** Returns `undefined` for lists, objects and values of several types, because BI tools ignore collections. */
export function typeOfSchema(schema: Schema): EdmType | undefined {
  const options = schema.anyOf?.filter(({ type }) => type !== 'null');
  if (options)
    return options.length === 1 ? typeOfSchema(options[0]) : undefined;
  const [name, ...others] = [schema.type].flat().filter(one => one !== 'null');
  if (others.length > 0) return undefined;
  switch (name) {
    case 'boolean':
      return 'Edm.Boolean';
    case 'number':
      return 'Edm.Double';
    case 'integer':
      return isSmall(schema) ? 'Edm.Int32' : 'Edm.Int64';
    case 'string':
      return formats[schema.format ?? ''] ?? 'Edm.String';
    default:
      return undefined;
  }
}

function isSmall({ maximum, minimum }: Schema): boolean {
  return (
    minimum !== undefined &&
    maximum !== undefined &&
    minimum >= -(2 ** 31) &&
    maximum < 2 ** 31
  );
}
