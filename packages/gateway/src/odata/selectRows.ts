import type { Property } from '../tables';
import { rowToSql, type RowForm } from './encodeRows';
import { BadODataError } from './errors';
import type { Expression, Literal } from './expression';
import { namespace, type EntitySet } from './metadata';
import type { RowKey } from './readOperation';
import type { QueryOptions } from './queryOptions';
import { filterToSql, orderToSql, type Sql } from './toSql';

/** Rows of a page. */
export interface Range {
  offset: number;
  limit: number;
}

/** Returns the properties of `$select`, in the order of the type. @throws BadODataError for unknown names */
export function selectedProperties(
  { properties }: EntitySet,
  select: readonly string[] | undefined,
): Property[] {
  const names = properties.map(({ name }) => name);
  const unknown = select?.find(name => !names.includes(name));
  if (unknown !== undefined)
    throw new BadODataError(
      `There is no property ${unknown}; available: ${names.join(', ')}`,
    );
  return properties.filter(({ name }) => select?.includes(name) ?? true);
}

/** Returns the query of a page: one column, each value a JSON object. */
export function pageToSql(
  set: EntitySet,
  { filter, orderBy, select }: QueryOptions,
  { limit, offset }: Range,
  form: RowForm,
): Sql {
  const { properties } = set;
  const row = rowToSql(
    properties,
    selectedProperties(set, select),
    `${namespace}.${set.name}`,
    form,
  );
  const where = filter && filterToSql(filter, properties);
  const keys = orderBy.map(({ expression, isDescending }) => {
    const { sql, values } = orderToSql(expression, properties);
    // Null is lower than every value (OData 4.0 Part 1, section 11.2.5.2).
    const order = isDescending ? 'DESC NULLS LAST' : 'ASC NULLS FIRST';
    return { sql: `${sql} ${order}`, values };
  });
  return {
    sql: [
      `SELECT ${row} FROM rows`,
      ...(where ? [`WHERE ${where.sql}`] : []),
      // Equal rows keep their order, so that pages are stable. Without keys, rows come in the order of the table.
      ...(keys.length > 0
        ? [`ORDER BY ${keys.map(({ sql }) => sql).join(', ')}, rowid`]
        : []),
      'LIMIT CAST(? AS BIGINT) OFFSET CAST(? AS BIGINT)',
    ].join(' '),
    values: [
      ...(where?.values ?? []),
      ...keys.flatMap(({ values }) => values),
      String(limit),
      String(offset),
    ],
  };
}

/** Returns the query that counts the rows of a filter. */
export function countToSql(
  { properties }: EntitySet,
  filter: Expression | undefined,
): Sql {
  const where = filter && filterToSql(filter, properties);
  return {
    sql: `SELECT count(*) FROM rows${where ? ` WHERE ${where.sql}` : ''}`,
    values: where?.values ?? [],
  };
}

/** Returns the filter of a key. @throws BadODataError unless it has a value for each property of the key */
export function keyToFilter({ key }: EntitySet, given: RowKey): Expression {
  const values = 'kind' in given ? new Map([[key[0], given]]) : given;
  const literals = key.map(name => values.get(name));
  if (values.size !== key.length || !literals.every(isPresent))
    throw new BadODataError(
      `The key must be ${
        key.length === 1
          ? `one value of ${key[0]}`
          : key.map(name => `${name}=…`).join(',')
      }`,
    );
  return key
    .map<Expression>((name, index) => ({
      kind: 'binary',
      operator: 'eq',
      left: { kind: 'property', name },
      right: literals[index],
    }))
    .reduce((left, right) => ({
      kind: 'binary',
      operator: 'and',
      left,
      right,
    }));
}

function isPresent(value: Literal | undefined): value is Literal {
  return value !== undefined;
}
