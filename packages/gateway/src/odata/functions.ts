import type { EdmType } from '../tables';

/** Types of a parameter: one type, or any number. */
export type ParameterType = EdmType | 'number' | 'instant' | 'clock';

/** A built-in function (OData 4.0 Part 2, sections 5.1.1.4 to 5.1.1.8). */
export interface ODataFunction {
  parameters: ParameterType[];
  /** Type of the result; `same` for that of the first parameter. */
  result: EdmType | 'same';
  /** Maximum number of arguments. */
  max: number;
  /** Minimum number of arguments; the maximum by default. */
  min?: number;
  /** Returns DuckDB's SQL for the SQL of the arguments. */
  sql: (...args: string[]) => string;
}

function define(
  parameters: ParameterType[],
  result: ODataFunction['result'],
  sql: ODataFunction['sql'],
  min?: number,
): ODataFunction {
  return { parameters, result, max: parameters.length, min, sql };
}

const text: ParameterType = 'Edm.String';
const part = (name: string): ODataFunction =>
  define(['instant'], 'Edm.Int32', value => `${name}(${value})`);
const clock = (name: string): ODataFunction =>
  define(['clock'], 'Edm.Int32', value => `${name}(${value})`);
const whole = (name: string): ODataFunction =>
  define(['number'], 'same', value => `${name}(${value})`);

/** The supported functions by name. Instants are in UTC. */
export const functions: Record<string, ODataFunction> = {
  contains: define(
    [text, text],
    'Edm.Boolean',
    (a, b) => `contains(${a}, ${b})`,
  ),
  startswith: define(
    [text, text],
    'Edm.Boolean',
    (a, b) => `starts_with(${a}, ${b})`,
  ),
  endswith: define([text, text], 'Edm.Boolean', (a, b) => `suffix(${a}, ${b})`),
  length: define([text], 'Edm.Int32', value => `length(${value})`),
  indexof: define(
    [text, text],
    'Edm.Int32',
    (a, b) => `(strpos(${a}, ${b}) - 1)`,
  ),
  substring: define(
    [text, 'number', 'number'],
    'Edm.String',
    (value, start, count) =>
      count === undefined
        ? `substring(${value}, CAST(${start} AS BIGINT) + 1)`
        : `substring(${value}, CAST(${start} AS BIGINT) + 1, CAST(${count} AS BIGINT))`,
    2,
  ),
  tolower: define([text], 'Edm.String', value => `lower(${value})`),
  toupper: define([text], 'Edm.String', value => `upper(${value})`),
  trim: define([text], 'Edm.String', value => `trim(${value}, E' \\t\\n\\r')`),
  concat: define([text, text], 'Edm.String', (a, b) => `(${a} || ${b})`),
  year: part('year'),
  month: part('month'),
  day: part('day'),
  hour: clock('hour'),
  minute: clock('minute'),
  second: clock('second'),
  date: define(
    ['Edm.DateTimeOffset'],
    'Edm.Date',
    value => `CAST(${value} AS DATE)`,
  ),
  round: whole('round'),
  floor: whole('floor'),
  ceiling: whole('ceiling'),
};
