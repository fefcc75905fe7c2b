import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import type { Property } from '../tables';
import { parseExpression } from './parseExpression';
import { filterToSql } from './toSql';

/** An expression as text, and its value for a row, calculated in JavaScript. */
interface Case<T> {
  text: string;
  value: (row: Row) => T | null;
}

interface Row {
  number: number | null;
  word: string | null;
  flag: boolean | null;
}

const properties: Property[] = [
  { name: 'number', column: 'number', type: 'Edm.Int64', isNullable: true },
  { name: 'word', column: 'word', type: 'Edm.String', isNullable: true },
  { name: 'flag', column: 'flag', type: 'Edm.Boolean', isNullable: true },
];

const rows: Row[] = [null, -7, -1, 0, 1, 2, 40].flatMap(number =>
  [null, '', 'a', "O'Neil", 'Größe %_'].flatMap(word =>
    [null, true, false].map(flag => ({ number, word, flag })),
  ),
);

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Calculates with values that are not null. */
function lift<A, B, T>(
  operate: (a: A, b: B) => T | null,
): (left: Case<A>, right: Case<B>) => (row: Row) => T | null {
  return (left, right) => row => {
    const [a, b] = [left.value(row), right.value(row)];
    return a === null || b === null ? null : operate(a, b);
  };
}

const wholes: fc.Arbitrary<Case<number>> = fc.letrec<{ it: Case<number> }>(
  tie => ({
    it: fc.oneof(
      { maxDepth: 3 },
      fc.constant({ text: 'number', value: (row: Row) => row.number }),
      fc
        .integer({ min: -50, max: 50 })
        .map(one => ({ text: String(one), value: () => one })),
      fc
        .tuple(
          fc.constantFrom('add', 'sub', 'mul', 'mod', 'div'),
          tie('it'),
          tie('it'),
        )
        .map(([operator, left, right]) => ({
          text: `(${left.text} ${operator} ${right.text})`,
          value: lift<number, number, number>((a, b) => {
            if (operator === 'add') return a + b;
            if (operator === 'sub') return a - b;
            if (operator === 'mul') return a * b;
            if (b === 0) return null;
            return operator === 'mod' ? a % b : Math.trunc(a / b);
          })(left, right),
        })),
      fc.constant({
        text: 'length(word)',
        value: ({ word }: Row) => word?.length ?? null,
      }),
    ),
  }),
).it;

const words: fc.Arbitrary<Case<string>> = fc.oneof(
  fc.constant({ text: 'word', value: (row: Row) => row.word }),
  fc
    .constantFrom('', 'a', "O'Neil", '%', "'; DROP TABLE rows; --", 'ö')
    .map(one => ({ text: quoted(one), value: () => one })),
  fc.constant({
    text: 'toupper(word)',
    value: ({ word }: Row) => word?.replace('ß', 'ẞ').toUpperCase() ?? null,
  }),
);

const operators = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const;

/** Comparisons with null are false, except eq and ne (OData 4.0 Part 2, section 5.1.1.1). */
function compare<T extends number | string>(
  operator: (typeof operators)[number],
  a: T | null,
  b: T | null,
) {
  if (operator === 'eq') return a === b;
  if (operator === 'ne') return a !== b;
  if (a === null || b === null) return false;
  if (operator === 'lt') return a < b;
  if (operator === 'le') return a <= b;
  return operator === 'gt' ? a > b : a >= b;
}

function comparisonsOf<T extends number | string>(
  values: fc.Arbitrary<Case<T>>,
): fc.Arbitrary<Case<boolean>> {
  return fc
    .tuple(fc.constantFrom(...operators), values, values)
    .map(([operator, left, right]) => ({
      text: `${left.text} ${operator} ${right.text}`,
      value: row => compare(operator, left.value(row), right.value(row)),
    }));
}

const conditions: fc.Arbitrary<Case<boolean>> = fc.letrec<{
  it: Case<boolean>;
}>(tie => ({
  it: fc.oneof(
    { maxDepth: 4 },
    comparisonsOf(wholes),
    comparisonsOf(words),
    fc.constant({ text: 'flag', value: (row: Row) => row.flag }),
    fc
      .tuple(
        fc.constantFrom('contains', 'startswith', 'endswith'),
        words,
        words,
      )
      .map(([name, left, right]) => ({
        text: `${name}(${left.text}, ${right.text})`,
        value: lift<string, string, boolean>((a, b) => {
          if (name === 'contains') return a.includes(b);
          return name === 'startswith' ? a.startsWith(b) : a.endsWith(b);
        })(left, right),
      })),
    tie('it').map(one => ({
      text: `not (${one.text})`,
      value: (row: Row) => {
        const value = one.value(row);
        return value === null ? null : !value;
      },
    })),
    fc.tuple(tie('it'), tie('it')).map(([left, right]) => ({
      text: `(${left.text} and ${right.text})`,
      value: (row: Row) => {
        const both = [left.value(row), right.value(row)];
        if (both.includes(false)) return false;
        return both.includes(null) ? null : true;
      },
    })),
    fc.tuple(tie('it'), tie('it')).map(([left, right]) => ({
      text: `(${left.text} or ${right.text})`,
      value: (row: Row) => {
        const both = [left.value(row), right.value(row)];
        if (both.includes(true)) return true;
        return both.includes(null) ? null : false;
      },
    })),
  ),
})).it;

describe('filters, against an oracle in JavaScript', () => {
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;

  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:');
    connection = await instance.connect();
    await connection.run(
      'CREATE TABLE rows (c0 BIGINT, c1 VARCHAR, c2 BOOLEAN)',
    );
    const values = rows.map(
      ({ flag, number, word }) =>
        `(${number}, ${word === null ? 'NULL' : quoted(word)}, ${flag})`,
    );
    await connection.run(`INSERT INTO rows VALUES ${values.join(', ')}`);
  });
  afterAll(() => {
    connection.closeSync();
    instance.closeSync();
  });

  it('selects the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(conditions, async ({ text, value }) => {
        const filter = parseExpression(text, {
          option: '$filter',
          aliases: new Map(),
        });
        const { sql, values } = filterToSql(filter, properties);
        const reader = await connection.runAndReadAll(
          `SELECT rowid FROM rows WHERE ${sql} ORDER BY rowid`,
          values,
        );
        const found = reader.getRows().map(([row]) => Number(row));
        const expected = rows.flatMap((row, index) =>
          value(row) === true ? [index] : [],
        );
        expect([text, found]).toEqual([text, expected]);
      }),
      { numRuns: 300 },
    );
  });
});
