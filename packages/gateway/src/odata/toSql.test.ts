import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { BadODataError } from './errors';
import { parseExpression } from './parseExpression';
import { sqlTypes, type Property } from '../tables';
import { filterToSql } from './toSql';

const types = {
  id: 'Edm.Int32',
  name: 'Edm.String',
  price: 'Edm.Double',
  big: 'Edm.Int64',
  exact: 'Edm.Decimal',
  isOpen: 'Edm.Boolean',
  day: 'Edm.Date',
  at: 'Edm.DateTimeOffset',
  time: 'Edm.TimeOfDay',
  lasts: 'Edm.Duration',
  'say "x"': 'Edm.String',
} as const;
const properties: Property[] = Object.entries(types).map(([name, type]) => ({
  name,
  column: name,
  type,
  isNullable: true,
}));

describe('filterToSql on DuckDB', () => {
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;

  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:', {
      enable_external_access: 'false',
    });
    connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    const columns = properties.map(
      ({ type }, index) => `c${index} ${sqlTypes[type]}`,
    );
    await connection.run(`CREATE TABLE rows (${columns.join(', ')})`);
    await connection.run(`INSERT INTO rows VALUES
      (1, 'AAPL', 1.5, 9007199254740993, 0.1, true, '2026-01-31', '2026-01-31T23:30:00Z', '10:30:00', 5400000000, 'a'),
      (2, 'O''Neil', -2, -5, 0.2, false, '2026-02-28', '2026-02-28T00:00:00Z', '23:59:59', -1, 'b'),
      (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
      (4, 'ibm %_', 'NaN', 7, 0.3, true, '2025-12-31', '2025-12-31T12:00:00.5Z', '00:00:00', 0, 'd')`);
  });
  afterAll(() => {
    connection.closeSync();
    instance.closeSync();
  });

  /** Returns the ids of the matching rows. */
  async function ids(filter: string): Promise<number[]> {
    const expression = parseExpression(filter, {
      option: '$filter',
      aliases: new Map(),
    });
    const { sql, values } = filterToSql(expression, properties);
    const reader = await connection.runAndReadAll(
      `SELECT c0 FROM rows WHERE ${sql} ORDER BY c0`,
      values,
    );
    return reader.getRows().map(([id]) => Number(id));
  }

  it.each<[filter: string, expected: number[]]>([
    ["name eq 'AAPL'", [1]],
    ["name ne 'AAPL'", [2, 3, 4]],
    ['name eq null', [3]],
    ['name ne null', [1, 2, 4]],
    ["name eq 'O''Neil'", [2]],
    ['price gt 1', [1, 4]],
    ['price le 1.5', [1, 2]],
    ['not (price gt 1)', [2, 3]],
    ['price lt null', []],
    ['price eq NaN', [4]],
    ['price lt INF and price gt -INF', [1, 2]],
    ['big eq 9007199254740993', [1]],
    ['big eq 9007199254740992', []],
    ['big lt 99999999999999999999', [1, 2, 4]],
    ['exact eq 0.1', [1]],
    ['exact add 0.1 eq 0.3', [2]],
    ['isOpen', [1, 4]],
    ['isOpen eq false', [2]],
    ['not isOpen', [2]],
    ['isOpen or isOpen eq null', [1, 3, 4]],
    ['day ge 2026-01-31', [1, 2]],
    ['at ge 2026-02-01T01:30:00+02:00', [1, 2]],
    ['at gt 2026-01-31', [1, 2]],
    ['day eq 2026-01-31 and time gt 10:00:00', [1]],
    ['year(day) eq 2026 and month(at) eq 2', [2]],
    ['hour(at) eq 23 and minute(at) eq 30 and second(at) eq 0', [1]],
    ['date(at) eq 2025-12-31', [4]],
    ['hour(time) eq 23', [2]],
    ["lasts eq duration'PT1H30M'", [1]],
    ["lasts lt duration'PT0S'", [2]],
    ["contains(name, '%')", [4]],
    ["startswith(name, 'A')", [1]],
    ["endswith(name, 'eil')", [2]],
    ["tolower(name) eq 'aapl'", [1]],
    ["toupper(name) eq 'O''NEIL'", [2]],
    ["trim(concat(' ', name)) eq 'AAPL'", [1]],
    ['length(name) eq 6', [2, 4]],
    ["indexof(name, 'P') eq 2", [1]],
    ["indexof(name, 'z') eq -1", [1, 2, 4]],
    ["substring(name, 1) eq 'APL'", [1]],
    ["substring(name, 1, 2) eq 'AP'", [1]],
    ['id div 2 eq 1', [2, 3]],
    ['id mod 2 eq 0', [2, 4]],
    ['id mul 2 sub 1 eq 3', [2]],
    ['-id lt -3', [4]],
    ['round(price) eq 2', [1]],
    ['floor(price) eq 1 and ceiling(price) eq 2', [1]],
    ['null eq null', [1, 2, 3, 4]],
    ['true', [1, 2, 3, 4]],
    ['null', []],
  ])('selects by %s', async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });

  it.each([
    "'; DROP TABLE rows; --",
    "' OR 1=1 --",
    "'' ; ATTACH '/etc/passwd'",
    "x' UNION SELECT 1 --",
  ])('takes %s as a text', async text => {
    expect(await ids(`name eq '${text.replaceAll("'", "''")}'`)).toEqual([]);
    expect(await ids('id gt 0')).toHaveLength(4);
  });

  it.each([
    ["id eq '1'", '"eq" can\'t compare Edm.Int32 with Edm.String'],
    ['name gt 1', '"gt" can\'t compare Edm.String with Edm.Int64'],
    ['id', '$filter must be a condition, not a value of type Edm.Int32'],
    ["not 'x'", 'not: expected Edm.Boolean, got Edm.String'],
    ['length(id) eq 1', 'length, parameter 1: expected Edm.String'],
    ['name add 1 eq 2', 'add: expected a number, got Edm.String'],
    ['missing eq 1', 'There is no property missing; available: id, name'],
    ['missing eq 1', ". A text needs single quotes: 'missing'"],
    ['"id" eq 1', '$filter is invalid'],
    ['isOpen and 1', 'and: expected Edm.Boolean, got Edm.Int64'],
  ])('rejects %s', async (filter, message) => {
    await expect(ids(filter)).rejects.toThrow(BadODataError);
    await expect(ids(filter)).rejects.toThrow(message);
  });
});
