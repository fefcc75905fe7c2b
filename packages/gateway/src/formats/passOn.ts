import type { UpstreamAnswer } from '../upstream';

/** Passes a body on unchanged; reports its rows when it is complete. */
export async function* passOn(
  { body, rows }: Pick<UpstreamAnswer, 'body' | 'rows'>,
  onRows: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  yield* body;
  if (rows !== undefined) onRows(rows);
}
