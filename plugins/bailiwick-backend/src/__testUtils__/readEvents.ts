import { createParser } from 'eventsource-parser';

/** Server-sent events of one stream, one after the other. */
export interface EventReader {
  /** The next event's JSON. @throws Error when the stream ended before it */
  next(): Promise<any>;
  close(): void;
}

/** Opens a stream of server-sent events. */
export async function readEvents(
  url: string,
  headers: Record<string, string>,
): Promise<EventReader> {
  const closed = new AbortController();
  const { body } = await fetch(url, { headers, signal: closed.signal });
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  const waiting: unknown[] = [];
  const parser = createParser({
    onEvent: ({ data }) => waiting.push(JSON.parse(data)),
  });
  return {
    async next() {
      while (waiting.length === 0) {
        const { done, value } = await reader.read();
        if (done) throw new Error('The stream ended');
        parser.feed(value);
      }
      return waiting.shift();
    },
    close: () => closed.abort(),
  };
}
