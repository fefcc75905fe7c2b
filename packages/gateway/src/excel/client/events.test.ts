import { readEvents, type StreamEvent } from './events';

describe('readEvents', () => {
  it('reads events from chunks that end anywhere, without comments', async () => {
    const text =
      'retry: 2000\n\nid: 1\ndata: {"name":"Größe"}\n\n: heartbeat\n\nevent: end\ndata: {"reason":\ndata: "complete"}\n\ndata: unfinished';
    for (const size of [1, 3, 1_000]) {
      const bytes = new TextEncoder().encode(text);
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size)
            controller.enqueue(bytes.subarray(at, at + size));
          controller.close();
        },
      });
      const events: StreamEvent[] = [];
      for await (const event of readEvents(body)) events.push(event);
      expect(events).toEqual([
        { type: 'message', data: '{"name":"Größe"}', id: '1' },
        { type: 'end', data: '{"reason":\n"complete"}', id: undefined },
      ]);
    }
  });
});
