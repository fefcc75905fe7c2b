import type {
  Contract,
  ContractFunction,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  isRelational,
  parameterSchemas,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  propertiesOf,
  typeOfSchema,
  type Property,
  type Schema,
} from '../tables';
import type { EntitySet, Parameter } from './metadata';

/** Rows of a function of the app. */
export interface Collection extends EntitySet {
  fn: ContractFunction;
}

/**
 * Returns the tables of an app. DuckDB does not distinguish names by upper and lower case, so tables with such columns
 * are left out.
 *
 * @param contract - the functions that a reader may call, without fixed parameters
 */
export function collectionsOf({ functions }: Contract): Collection[] {
  return functions
    .filter(({ result }) => isRelational(result))
    .map(collectionOf);
}

function collectionOf(fn: ContractFunction): Collection {
  const { columns = [], key: keyColumns = [] } = fn.result;
  const properties = propertiesOf(columns);
  const key = keyColumns.map(
    column => properties.find(one => one.column === column)!,
  );
  const hasKey = key.length > 0 && key.every(one => one && !one.isNullable);
  const number = hasKey ? undefined : rowNumber(properties);
  return {
    fn,
    name: fn.name,
    description: fn.description ?? fn.title,
    parameters: parametersOf(fn),
    properties: number ? [number, ...properties] : properties,
    key: number ? [number.name] : key.map(({ name }) => name),
  };
}

/** An entity type needs a key (CSDL 4.0, section 8.2), so rows without one are numbered. */
function rowNumber(properties: readonly Property[]): Property {
  const names = properties.map(({ name }) => name);
  let name = 'RowId';
  while (names.includes(name)) name = `_${name}`;
  return {
    name,
    type: 'Edm.Int64',
    isNullable: false,
    description: 'Number of the row, from 1.',
  };
}

function parametersOf({ parameters }: ContractFunction): Parameter[] {
  const required = (parameters.required as string[] | undefined) ?? [];
  return parameterSchemas(parameters).map(([name, schema]) => {
    const { items, type } = schema as Schema;
    const isCollection = type === 'array';
    return {
      name,
      // Other values are JSON texts.
      type: typeOfSchema(isCollection ? items ?? {} : schema) ?? 'Edm.String',
      isCollection,
      isRequired: required.includes(name),
    };
  });
}
