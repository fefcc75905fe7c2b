import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { parseExact } from '../json';
import { prefetch } from './prefetch';
import { notATable, readRowArrays } from './readRowArrays';

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
): Promise<AsyncIterableIterator<string>> {
  return prefetch(formatRows(body, fn, format));
}

async function* formatRows(
  body: AsyncIterable<Uint8Array>,
  fn: Pick<ContractFunction, 'name'>,
  { format, head, onRows }: TableFormat,
): AsyncGenerator<string> {
  let before = head;
  for await (const json of readRowArrays(body, fn)) {
    const rows = parseRows(json, fn);
    onRows?.(rows.length);
    yield before + rows.map(format).join('');
    before = '';
  }
  if (before) yield before;
}

function parseRows(
  json: string,
  { name }: Pick<ContractFunction, 'name'>,
): Record<string, unknown>[] {
  try {
    return parseExact(json) as Record<string, unknown>[];
  } catch (error) {
    throw notATable(name, error);
  }
}
