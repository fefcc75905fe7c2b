import { Follower } from './Follower';
import { CallError } from './request';

/** Error class of the runtime of Office. */
class CellError {
  readonly code: string;
  readonly message: string;

  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}

describe('Follower', () => {
  const globals = globalThis as { CustomFunctions?: unknown };

  beforeEach(() => {
    jest.useFakeTimers();
    globals.CustomFunctions = { Error: CellError };
  });

  afterEach(() => {
    jest.useRealTimers();
    delete globals.CustomFunctions;
  });

  const failure = (retryAfter?: number) =>
    new CallError({ error: new CellError('#N/A', 'busy') as any, retryAfter });
  const pass = (seconds: number) =>
    jest.advanceTimersByTimeAsync(seconds * 1_000);

  it('reads again after the interval, and shows only what changed', async () => {
    const results = [1, 1, 2];
    const follower = new Follower(async publish => {
      publish(results.shift() ?? 2);
      return true;
    }, 5);
    const shown: unknown[] = [];
    const leave = follower.follow(
      result => shown.push(result),
      () => {},
    );
    await pass(16);
    expect(results).toEqual([]);
    expect(shown).toEqual([1, 2]);
    leave();
  });

  it('backs off after each failure, at least for the time of Retry-After', async () => {
    const at: number[] = [];
    const answer: { retryAfter?: number } = {};
    const start = Date.now();
    const follower = new Follower(async () => {
      at.push((Date.now() - start) / 1_000);
      throw failure(answer.retryAfter);
    }, 1);
    const leave = follower.follow(
      () => {},
      () => {},
    );
    await pass(15);
    expect(at).toEqual([0, 2, 6, 14]);
    answer.retryAfter = 100;
    await pass(15);
    expect(at.at(-1)).toBe(30);
    await pass(99);
    expect(at).toHaveLength(5);
    await pass(1);
    expect(at).toHaveLength(6);
    leave();
  });

  it('stops when the last cell leaves, and gives new cells the newest result', async () => {
    let reads = 0;
    let isAborted = false;
    const follower = new Follower(async (publish, signal) => {
      reads += 1;
      signal.addEventListener('abort', () => {
        isAborted = true;
      });
      publish(reads);
      return true;
    }, 5);
    const ended = jest.fn();
    const shown: unknown[] = [];
    const first = follower.follow(() => {}, ended);
    await pass(1);
    const second = follower.follow(result => shown.push(result), ended);
    expect(shown).toEqual([1]);
    first();
    await pass(5);
    expect(shown).toEqual([1, 2]);
    second();
    await pass(60);
    expect([reads, isAborted]).toEqual([2, true]);
    expect(ended).toHaveBeenCalledTimes(1);
  });
});
