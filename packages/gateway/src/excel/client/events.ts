/** An event of a stream (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface StreamEvent {
  /** `message` if it has no other name. */
  type: string;
  data: string;
  id?: string;
}

/** Reads the events of a response of the gateway, whose lines end with a line feed, without comments. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<StreamEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const event = readEvent(block);
      if (event) yield event;
    }
  }
}

/** Events without data, such as comments, are not dispatched. */
function readEvent(block: string): StreamEvent | undefined {
  const lines = block
    .split('\n')
    .map(line => /^(\w+): ?(.*)$/.exec(line) ?? [])
    .map(([, field, value]) => ({ field, value }));
  const data = lines.filter(({ field }) => field === 'data');
  if (data.length === 0) return undefined;
  const last = (name: string) =>
    lines.findLast(({ field }) => field === name)?.value;
  return {
    type: last('event') ?? 'message',
    data: data.map(({ value }) => value).join('\n'),
    id: last('id'),
  };
}
