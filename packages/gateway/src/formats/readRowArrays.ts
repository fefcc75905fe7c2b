import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { AppUnreachableError, InvalidResultError } from '../errors';
import { NotATableError, readRows } from './readRows';

/**
 * Reads the table of a function while it arrives: JSON arrays of rows.
 *
 * @throws InvalidResultError when it is not a table
 * @throws AppUnreachableError when the connection breaks
 */
export async function* readRowArrays(
  body: AsyncIterable<Uint8Array>,
  { name }: Pick<ContractFunction, 'name'>,
): AsyncGenerator<string> {
  try {
    yield* readRows(body);
  } catch (error) {
    if (error instanceof NotATableError) throw notATable(name, error);
    throw new AppUnreachableError(
      `The response of ${name} was interrupted; retry`,
      { retryAfter: 1, cause: error },
    );
  }
}

/** Returns the error of a result that is not a table. */
export function notATable(fn: string, cause: unknown): InvalidResultError {
  return new InvalidResultError(
    `${fn} returned something other than a table; contact the owners of the app`,
    { cause },
  );
}
