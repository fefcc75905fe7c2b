import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { AppUnreachableError, InvalidResultError } from '../errors';
import { parseExact } from '../json';
import { NotATableError, readRows } from './readRows';

/** Text of a table in one format. */
interface TableFormat {
  /** Text before the rows, also of an empty table. */
  head: string;
  format: (row: Record<string, unknown>) => string;
  /** Called with the number of rows of each chunk. */
  onRows?: (count: number) => void;
}

/**
 * Returns the text of a table while it arrives. The first chunk is read at once, so that a result that is not a table is
 * rejected before the response begins.
 *
 * @throws InvalidResultError when it is not a table
 * @throws AppUnreachableError when the connection breaks
 */
export async function readTable(
  body: AsyncIterable<Uint8Array>,
  fn: Pick<ContractFunction, 'name'>,
  format: TableFormat,
): Promise<AsyncGenerator<string>> {
  const chunks = formatRows(body, fn, format);
  const first = await chunks.next();
  return (async function* rest() {
    try {
      if (!first.done) yield first.value;
      yield* chunks;
    } finally {
      await chunks.return(undefined);
    }
  })();
}

async function* formatRows(
  body: AsyncIterable<Uint8Array>,
  { name }: Pick<ContractFunction, 'name'>,
  { format, head, onRows }: TableFormat,
): AsyncGenerator<string> {
  let before = head;
  try {
    for await (const json of readRows(body)) {
      const rows = parseExact(json) as Record<string, unknown>[];
      onRows?.(rows.length);
      yield before + rows.map(format).join('');
      before = '';
    }
  } catch (error) {
    if (error instanceof NotATableError || error instanceof SyntaxError)
      throw new InvalidResultError(
        `${name} returned something other than a table; contact the owners of the app`,
        { cause: error },
      );
    throw new AppUnreachableError(
      `The response of ${name} was interrupted; retry`,
      { retryAfter: 1, cause: error },
    );
  }
  if (before) yield before;
}
