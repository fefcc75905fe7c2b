import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  joinSentences,
  parameterSchemas,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { AddInParameter } from './AddIn';

interface Schema {
  anyOf?: Schema[];
  default?: unknown;
  description?: string;
  enum?: unknown[];
  examples?: unknown[];
  format?: string;
  items?: Schema;
  type?: string | string[];
  'x-bailiwick'?: { unit?: string };
}

/** Returns the arguments of a custom function; those that can be omitted are last, as Excel requires. */
export function parametersOf({
  parameters,
}: Pick<ContractFunction, 'parameters'>): AddInParameter[] {
  const required = (parameters.required as string[] | undefined) ?? [];
  return parameterSchemas(parameters)
    .map(([name, schema]) =>
      parameterOf(name, schema as Schema, !required.includes(name)),
    )
    .sort((one, other) => Number(one.isOptional) - Number(other.isOptional));
}

function parameterOf(
  name: string,
  given: Schema,
  isOptional: boolean,
): AddInParameter {
  const schema = withoutNull(given);
  const isList = schema.type === 'array';
  const value = isList ? withoutNull(schema.items ?? {}) : schema;
  const choices = choicesOf(value);
  const isDate = value.format === 'date' || value.format === 'date-time';
  return {
    name,
    type: typeOf(value, choices),
    description: describe(given, isList ? given.items : undefined, isOptional),
    ...(choices && { choices }),
    isList,
    isOptional,
    ...(isDate && { date: value.format as 'date' | 'date-time' }),
  };
}

/** A value that can be null can be omitted; what remains is its type. */
function withoutNull({ anyOf, type, ...schema }: Schema): Schema {
  const [only, ...others] = [type].flat().filter(one => one !== 'null');
  const options = anyOf?.filter(option => option.type !== 'null');
  if (options?.length === 1) return { ...schema, ...options[0] };
  return { ...schema, anyOf, type: others.length > 0 ? type : only };
}

/** Choices of one type; others are not drop-downs of Excel. */
function choicesOf({ enum: values = [] }: Schema) {
  const types = new Set(values.map(value => typeof value));
  const [type] = types;
  const fits = types.size === 1 && (type === 'string' || type === 'number');
  return fits ? (values as (number | string)[]) : undefined;
}

/** Dates and decimals can be texts or numbers of Excel, so they are of any type. */
function typeOf(
  { anyOf, format, type }: Schema,
  choices?: unknown[],
): AddInParameter['type'] {
  if (choices) return typeof choices[0] === 'number' ? 'number' : 'string';
  if (anyOf || Array.isArray(type)) return 'any';
  switch (type) {
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return format ? 'any' : 'string';
    case 'object':
      return 'string';
    default:
      return 'any';
  }
}

function describe(
  schema: Schema,
  items: Schema | undefined,
  isOptional: boolean,
): string {
  const { description, default: initial } = schema;
  const unit = (schema['x-bailiwick'] ?? items?.['x-bailiwick'])?.unit;
  const [example] = schema.examples ?? items?.examples ?? [];
  const hasDefault = initial !== undefined && initial !== null;
  return joinSentences(
    description ?? items?.description,
    unit && `Unit: ${unit}.`,
    items && 'A range or a list of values.',
    example !== undefined && `Example: ${textOf(example)}.`,
    isOptional &&
      (hasDefault ? `Default: ${textOf(initial)}.` : 'Can be omitted.'),
  );
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
