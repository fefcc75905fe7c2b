import type { AddInFunction } from '../AddIn';
import { readEvents } from './events';
import type { Publish } from './Follower';
import { parseExact } from './json';
import { LatestRows } from './LatestRows';
import { CallError, messageOf, send, toFailure } from './request';

/** Milliseconds between two updates of cells. */
const updateMs = 500;

/**
 * Shows the rows of a stream until it ends (`text/event-stream`).
 *
 * @param rows - the rows of earlier connections, which this one resumes
 * @returns whether there will be more rows
 * @throws CallError with the reason of an end
 */
export async function followStream(
  fn: AddInFunction,
  address: string,
  rows: LatestRows,
  publish: Publish,
  signal: AbortSignal,
): Promise<boolean> {
  const headers = {
    accept: 'text/event-stream',
    ...(rows.lastId !== undefined && { 'last-event-id': rows.lastId }),
  };
  const response = await send(address, fn, { headers, signal });
  if (response.status === 204 || !response.body) return false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = () => {
    timer = undefined;
    publish(rows.cells);
  };
  try {
    for await (const { data, id, type } of readEvents(response.body)) {
      if (type === 'error')
        throw new CallError(
          toFailure(502, messageOf(data) ?? 'The stream was interrupted'),
        );
      if (type === 'end') return JSON.parse(data).reason !== 'complete';
      // Other events, such as a gap, are no rows.
      if (type !== 'message') continue;
      for (const row of [parseExact(data)].flat())
        rows.add(row as Record<string, unknown>);
      rows.lastId = id ?? rows.lastId;
      timer ??= setTimeout(update, updateMs);
    }
    return true;
  } finally {
    if (timer !== undefined) {
      clearTimeout(timer);
      if (!signal.aborted) update();
    }
  }
}
