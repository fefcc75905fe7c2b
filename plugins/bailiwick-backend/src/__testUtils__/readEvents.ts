import { createParser } from 'eventsource-parser';
import { EventEmitter, once } from 'node:events';

/** Message of a stream about the cluster: `null` after it recovers. */
type Staleness = { age: number; why: string } | null;

/** Server-sent events of one stream, one after the other. */
export interface EventReader {
  /** The next event's JSON. @throws Error when the stream ended before it */
  next(): Promise<any>;
  /** Returns the last message of the stream about the cluster; `undefined` before the first. */
  staleness(): Staleness | undefined;
  /** Identity of the newest event that came. */
  lastId(): string | undefined;
  close(): void;
}

/** Opens a stream of server-sent events. */
export async function readEvents(
  url: string,
  headers: Record<string, string>,
): Promise<EventReader> {
  const closed = new AbortController();
  const { body } = await fetch(url, { headers, signal: closed.signal });
  const waiting: unknown[] = [];
  const arrivals = new EventEmitter();
  let staleness: Staleness | undefined;
  let lastId: string | undefined;
  const parser = createParser({
    onEvent({ data, event, id }) {
      lastId = id ?? lastId;
      if (event === 'staleness') staleness = JSON.parse(data);
      else waiting.push(JSON.parse(data));
    },
  });
  const follow = async () => {
    for await (const part of body!.pipeThrough(new TextDecoderStream())) {
      parser.feed(part);
      arrivals.emit('part');
    }
    throw new Error('The stream ended');
  };
  const ended = follow();
  ended.catch(() => {}); // told to whoever waits for the next event
  return {
    async next() {
      while (waiting.length === 0) {
        await Promise.race([once(arrivals, 'part'), ended]);
      }
      return waiting.shift();
    },
    staleness: () => staleness,
    lastId: () => lastId,
    close: () => closed.abort(),
  };
}
