import { EventEmitter, once } from 'node:events';
import { NotLoggedInError } from '../errors';
import { EventRelay } from './EventRelay';
import { OpenStreams } from './OpenStreams';

/** An app whose events a test sends. */
class ScriptedBody {
  readonly #parts: string[] = [];
  readonly #news = new EventEmitter();
  isDestroyed = false;

  send(part: string): void {
    this.#parts.push(part);
    this.#news.emit('news');
  }

  destroy(): void {
    this.isDestroyed = true;
    this.#news.emit('news');
  }

  async text(): Promise<string> {
    return this.#parts.join('');
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.isDestroyed) throw new Error('aborted');
      const part = this.#parts.shift();
      if (part === undefined) await once(this.#news, 'news');
      else yield Buffer.from(part);
    }
  }
}

describe('EventRelay', () => {
  let body: ScriptedBody;
  let ended: number[];
  let broken: number;
  let refused: Error | undefined;

  beforeEach(() => {
    jest.useFakeTimers();
    [body, ended, broken, refused] = [new ScriptedBody(), [], 0, undefined];
  });
  afterEach(() => jest.useRealTimers());

  function relay(streams = new OpenStreams(), gone = new AbortController()) {
    return new EventRelay({
      body,
      app: 'feed',
      id: 'r-1',
      streams,
      gone: gone.signal,
      check() {
        if (refused) throw refused;
      },
      breakOff: () => {
        broken += 1;
      },
      onEnd: rows => ended.push(rows),
    }).events();
  }

  const text = ({ value }: IteratorResult<Uint8Array>) =>
    value && Buffer.from(value).toString();

  it('ends the stream of a silent app with a reason, after 45 seconds and not before', async () => {
    const events = relay();
    body.send('id: 1\ndata: {}\n\n');
    await events.next();
    const next = events.next();
    await jest.advanceTimersByTimeAsync(44_000);
    expect(body.isDestroyed).toBe(false);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(text(await next)).toBe(
      'event: error\ndata: {"type":"app-unreachable","message":"The stream of feed was interrupted; reconnect","id":"r-1"}\n\n',
    );
    expect(ended).toEqual([1]);
    expect((await events.next()).done).toBe(true);
  });

  it('allows a slow reader any time, and then waits for the app again', async () => {
    const events = relay();
    body.send('id: 1\ndata: {}\n\n');
    await events.next();
    await jest.advanceTimersByTimeAsync(600_000);
    expect(body.isDestroyed).toBe(false);
    body.send('id: 2\ndata: {}\n\n');
    expect(text(await events.next())).toBe('id: 2\ndata: {}\n\n');
  });

  it('disconnects a reader who does not read the end', async () => {
    const events = relay();
    body.send('id: 1\ndata: {}\n\n');
    await events.next();
    refused = new NotLoggedInError('This token was revoked');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(body.isDestroyed).toBe(true);
    expect(broken).toBe(0);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(broken).toBe(1);
  });

  it('ends the stream of a reader whose access cannot be checked', async () => {
    const next = relay().next();
    refused = new TypeError('no such thing');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(text(await next)).toContain('"type":"not-allowed"');
  });

  it('inserts nothing within an event', async () => {
    const events = relay();
    body.send('id: 1\ndata: {"a"');
    await events.next();
    const next = events.next();
    body.destroy();
    expect((await next).done).toBe(true);
  });

  it('ends at once where the gateway stops already', async () => {
    const streams = new OpenStreams();
    streams.stop();
    expect(text(await relay(streams).next())).toBe(
      'event: end\ndata: {"reason":"stopping","rows":0}\n\n',
    );
  });

  it('ends quietly when the consumer disconnects', async () => {
    const gone = new AbortController();
    const next = relay(new OpenStreams(), gone).next();
    gone.abort();
    body.destroy();
    expect((await next).done).toBe(true);
    expect(ended).toEqual([0]);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(jest.getTimerCount()).toBe(0);
  });
});
