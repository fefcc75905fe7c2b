import { isDeepStrictEqual } from 'node:util';
import type { ArchetypeManifest } from '../source/schemas';

type Expected = ArchetypeManifest['tests'][number]['expect'];
type Row = Record<string, unknown>;

/** Response of a function. */
export interface Answer {
  rows?: Row[];
  value?: unknown;
  error?: {
    type: string;
    message: string;
    /** Identifier of the call in the log. */
    id?: string;
    /** Time limit of the call in seconds, for the error `too-slow`. */
    limit?: number;
    /** Traceback of the failure, as logged by the app. */
    traceback?: string;
  };
}

/** Relative tolerance for numbers. */
const tolerance = 1e-9;

/** Returns the differences between a response and the expectation of a test. @public */
export function checkAnswer(expected: Expected, answer: Answer): string[] {
  const { error } = answer;
  if (error)
    return expected.error === error.type
      ? []
      : [`Failed with ${error.type}: ${error.message}`];
  if (expected.error) return [`No error; expected ${expected.error}`];
  const { rows = [] } = answer;
  const [first = {}] = rows;
  const differs = (what: string, got: unknown, wanted: unknown) =>
    isAlike(got, wanted)
      ? []
      : [
          `${what} is ${JSON.stringify(got)}; expected ${JSON.stringify(
            wanted,
          )}`,
        ];
  return [
    ...(expected.rows === undefined
      ? []
      : differs('The row count', rows.length, expected.rows)),
    ...(expected.columns === undefined
      ? []
      : differs('The column list', Object.keys(first), expected.columns)),
    ...Object.entries(expected.first ?? {}).flatMap(([field, wanted]) =>
      differs(`${field} of the first row`, first[field], wanted),
    ),
    ...(expected.value === undefined
      ? []
      : differs('The value', answer.value, expected.value)),
  ];
}

/** Whether two JSON values are equal, with a tolerance for numbers. */
function isAlike(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number')
    return (
      Math.abs(one - other) <=
      tolerance * Math.max(Math.abs(one), Math.abs(other))
    );
  if (Array.isArray(one) && Array.isArray(other))
    return (
      one.length === other.length &&
      one.every((item, position) => isAlike(item, other[position]))
    );
  return isDeepStrictEqual(one, other);
}
