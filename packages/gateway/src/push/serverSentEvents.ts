import type { PushEvent } from './PushEvent';
import type { PushReader } from './PushReader';

/** Milliseconds that browsers wait before they reconnect. */
const opening = 'retry: 2000\n\n';

/** Writes the events of a reader as server-sent events (WHATWG HTML). */
export async function* serverSentEvents(
  reader: PushReader,
): AsyncGenerator<string> {
  yield opening;
  for await (const events of reader.events()) yield events.map(write).join('');
}

function write({ data, event, id }: PushEvent): string {
  if (event === 'heartbeat') return ': heartbeat\n\n';
  const name = event === 'message' ? '' : `event: ${event}\n`;
  return `${id ? `id: ${id}\n` : ''}${name}data: ${data}\n\n`;
}
