import { toMicroseconds } from './duration';
import { BadODataError } from './errors';
import type { BinaryOperator, Expression, Literal } from './expression';
import { functions, type ParameterType } from './functions';
import {
  isNumeric,
  propertySql,
  sqlTypes,
  type EdmType,
  type Property,
} from '../tables';

/** SQL with its bound values; no part of a request is in the SQL itself. */
export interface Sql {
  sql: string;
  values: string[];
}

interface Typed extends Sql {
  /** Absent for null. */
  type?: EdmType;
}

const comparisons: Partial<Record<BinaryOperator, string>> = {
  eq: 'IS NOT DISTINCT FROM',
  ne: 'IS DISTINCT FROM',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
};

const arithmetic: Partial<Record<BinaryOperator, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  mod: '%',
};

class Translator {
  readonly #properties: ReadonlyMap<string, { sql: string; type: EdmType }>;

  constructor(properties: readonly Property[]) {
    this.#properties = propertySql(properties);
  }

  translate(expression: Expression): Typed {
    switch (expression.kind) {
      case 'literal':
        return literal(expression);
      case 'property':
        return this.#property(expression.name);
      case 'not':
        return this.#not(expression.operand);
      case 'negate':
        return this.#negate(expression.operand);
      case 'call':
        return this.#call(expression.name, expression.args);
      default:
        return this.#binary(expression);
    }
  }

  #property(name: string): Typed {
    const found = this.#properties.get(name);
    if (!found)
      throw new BadODataError(
        `There is no property ${name}; available: ${[
          ...this.#properties.keys(),
        ].join(', ')}. A text needs single quotes: '${name}'`,
      );
    return { ...found, values: [] };
  }

  #not(operand: Expression): Typed {
    const { sql, type, values } = this.translate(operand);
    requireType('not', type, ['Edm.Boolean']);
    return { sql: `(NOT ${sql})`, values, type: 'Edm.Boolean' };
  }

  #negate(operand: Expression): Typed {
    const { sql, type, values } = this.translate(operand);
    if (type !== undefined && !isNumeric(type) && type !== 'Edm.Duration')
      throw wrongType('-', type, 'a number or a duration');
    return { sql: `(-${sql})`, values, type };
  }

  #binary({
    left: one,
    operator,
    right: other,
  }: Extract<Expression, { kind: 'binary' }>): Typed {
    const [left, right] = alike(this.translate(one), this.translate(other));
    const values = [...left.values, ...right.values];
    if (operator === 'and' || operator === 'or') {
      for (const { type } of [left, right])
        requireType(operator, type, ['Edm.Boolean']);
      const sql = `(${left.sql} ${operator.toUpperCase()} ${right.sql})`;
      return { sql, values, type: 'Edm.Boolean' };
    }
    const comparison = comparisons[operator];
    if (comparison) {
      requireComparable(operator, left.type, right.type);
      const plain = `${left.sql} ${comparison} ${right.sql}`;
      const isEquality = operator === 'eq' || operator === 'ne';
      const sql = isEquality ? `(${plain})` : `coalesce(${plain}, false)`;
      return { sql, values, type: 'Edm.Boolean' };
    }
    return this.#arithmetic(operator, left, right, values);
  }

  #arithmetic(
    operator: BinaryOperator,
    left: Typed,
    right: Typed,
    values: string[],
  ): Typed {
    for (const { type } of [left, right])
      if (type !== undefined && !isNumeric(type))
        throw wrongType(operator, type, 'a number');
    const types = [left.type, right.type];
    const isWhole = types.every(
      type => type === 'Edm.Int32' || type === 'Edm.Int64',
    );
    // The division of integers is an integer (OData 4.0 Part 2, section 5.1.1.2.4).
    const symbol = operator === 'div' && isWhole ? '//' : arithmetic[operator];
    return {
      sql: `(${left.sql} ${symbol} ${right.sql})`,
      values,
      type: widest(left.type, right.type),
    };
  }

  #call(name: string, expressions: Expression[]): Typed {
    const { parameters, result, sql } = functions[name];
    const args = expressions.map(one => this.translate(one));
    args.forEach(({ type }, index) =>
      requireParameter(name, index, type, parameters[index]),
    );
    return {
      sql: sql(...args.map(one => one.sql)),
      values: args.flatMap(one => one.values),
      type: result === 'same' ? args[0].type : result,
    };
  }
}

/**
 * Translates a `$filter` into a condition of DuckDB. Comparisons with null follow OData 4.0 Part 2, section 5.1.1.1: `eq`
 * and `ne` compare null like a value, the others are false.
 *
 * @throws BadODataError for unknown properties and wrong types
 */
export function filterToSql(
  filter: Expression,
  properties: readonly Property[],
): Sql {
  const { sql, type, values } = new Translator(properties).translate(filter);
  if (type !== undefined && type !== 'Edm.Boolean')
    throw new BadODataError(
      `$filter must be a condition, not a value of type ${type}; compare it, for example with "eq"`,
    );
  return { sql, values };
}

/** Translates an expression of `$orderby`. @throws BadODataError as {@link filterToSql} */
export function orderToSql(
  expression: Expression,
  properties: readonly Property[],
): Sql {
  const { sql, values } = new Translator(properties).translate(expression);
  return { sql, values };
}

/** Literals are bound as texts, and cast to their types. */
function literal({ text, type }: Literal): Typed {
  if (!type) return { sql: 'NULL', values: [] };
  if (type === 'Edm.Int64' && !isBigint(text))
    return { sql: `CAST(? AS DOUBLE)`, values: [text], type: 'Edm.Double' };
  const value =
    type === 'Edm.Duration'
      ? String(toMicroseconds(text))
      : text.replace(/^(-?)INF$/, '$1Infinity');
  return { sql: `CAST(? AS ${sqlTypes[type]})`, values: [value], type };
}

function isBigint(text: string): boolean {
  const value = BigInt(text);
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}

/** Tools compare dates with instants, and identifiers with texts: the literal takes the type of the other side. */
function alike(left: Typed, right: Typed): [Typed, Typed] {
  const pairs: [EdmType, EdmType][] = [
    ['Edm.DateTimeOffset', 'Edm.Date'],
    ['Edm.Guid', 'Edm.String'],
  ];
  for (const [wide, narrow] of pairs) {
    const cast = (one: Typed): Typed => ({
      ...one,
      sql: `CAST(${one.sql} AS ${sqlTypes[wide]})`,
      type: wide,
    });
    if (left.type === wide && right.type === narrow) return [left, cast(right)];
    if (left.type === narrow && right.type === wide) return [cast(left), right];
  }
  return [left, right];
}

function widest(one?: EdmType, other?: EdmType): EdmType | undefined {
  const order: EdmType[] = [
    'Edm.Int32',
    'Edm.Int64',
    'Edm.Decimal',
    'Edm.Double',
  ];
  if (one === undefined || other === undefined) return one ?? other;
  return order[Math.max(order.indexOf(one), order.indexOf(other))];
}

function requireComparable(
  operator: string,
  left: EdmType | undefined,
  right: EdmType | undefined,
): void {
  if (left === undefined || right === undefined || left === right) return;
  if (isNumeric(left) && isNumeric(right)) return;
  throw new BadODataError(
    `"${operator}" can't compare ${left} with ${right}; write the literal in the type of the property`,
  );
}

function requireType(
  name: string,
  type: EdmType | undefined,
  allowed: readonly EdmType[],
): void {
  if (type !== undefined && !allowed.includes(type))
    throw wrongType(name, type, allowed.join(' or '));
}

function requireParameter(
  name: string,
  index: number,
  type: EdmType | undefined,
  expected: ParameterType,
): void {
  const allowed: Record<string, readonly EdmType[]> = {
    number: ['Edm.Int32', 'Edm.Int64', 'Edm.Decimal', 'Edm.Double'],
    instant: ['Edm.Date', 'Edm.DateTimeOffset'],
    clock: ['Edm.TimeOfDay', 'Edm.DateTimeOffset'],
  };
  requireType(
    `${name}, parameter ${index + 1}`,
    type,
    allowed[expected] ?? [expected as EdmType],
  );
}

function wrongType(name: string, type: EdmType, expected: string) {
  return new BadODataError(`${name}: expected ${expected}, got ${type}`);
}
