import { WorkQueue } from './WorkQueue';

describe('WorkQueue', () => {
  let queue: WorkQueue;
  beforeEach(() => {
    jest.useFakeTimers();
    queue = new WorkQueue({ retry: { first: 5, most: 60_000 } });
  });
  afterEach(() => {
    queue.close();
    jest.useRealTimers();
  });

  it('returns a key once, however often it was added', async () => {
    for (const key of ['a', 'b', 'a', 'a']) queue.add(key);
    expect([await queue.take(), await queue.take(), queue.depth]).toEqual([
      'a',
      'b',
      0,
    ]);
  });

  it('holds a key back while it is processed, and returns it again afterwards', async () => {
    queue.add('a');
    await queue.take();
    queue.add('a');
    expect(queue.depth).toBe(0);
    queue.done('a');
    expect(await queue.take()).toBe('a');
  });

  it('serves waiting workers when keys arrive', async () => {
    const taken = queue.take();
    queue.add('a');
    expect(await taken).toBe('a');
  });

  it('doubles the wait of a failing key up to the limit, and forgets on success', async () => {
    const waits: number[] = [];
    for (let attempt = 0; attempt < 16; attempt += 1) {
      const start = Date.now();
      queue.addFailed('a');
      await jest.advanceTimersToNextTimerAsync();
      waits.push(Date.now() - start);
      queue.done((await queue.take())!);
    }
    expect(waits.slice(0, 4)).toEqual([5, 10, 20, 40]);
    expect(Math.max(...waits)).toBe(60_000);
    queue.forget('a');
    queue.addFailed('a');
    await jest.advanceTimersByTimeAsync(5);
    expect(queue.depth).toBe(1);
  });

  it('delays a key that arrives too often, and no others', async () => {
    queue = new WorkQueue({ keyRate: { perSecond: 5, burst: 2 } });
    const work = async (key: string) => {
      queue.add(key);
      expect(await queue.take()).toBe(key);
      queue.done(key);
    };
    await work('a');
    await work('a');
    for (let i = 0; i < 10; i += 1) queue.add('a');
    expect(queue.depth).toBe(0);
    await work('b');
    await jest.advanceTimersByTimeAsync(199);
    expect(queue.depth).toBe(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(queue.depth).toBe(1);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(queue.depth).toBe(1);
  });

  it('uses the earliest of several times, and prefers an immediate addition', async () => {
    queue.addAfter('a', 1000);
    queue.addAfter('a', 100);
    queue.addAfter('a', 500);
    await jest.advanceTimersByTimeAsync(100);
    expect(queue.depth).toBe(1);
    queue.done((await queue.take())!);
    queue.addAfter('a', 100);
    queue.add('a');
    queue.done((await queue.take())!);
    await jest.advanceTimersByTimeAsync(1000);
    expect(queue.depth).toBe(0);
  });

  it('ends all waiting when it is closed', async () => {
    const taken = queue.take();
    queue.close();
    queue.add('a');
    expect([await taken, await queue.take()]).toEqual([undefined, undefined]);
  });

  describe('with priorities', () => {
    beforeEach(() => {
      queue = new WorkQueue({ shardOf: key => key[0] });
    });
    const drain = async (count: number) => {
      const keys: (string | undefined)[] = [];
      for (let i = 0; i < count; i += 1) keys.push(await queue.take());
      return keys;
    };

    it('returns changes before resyncs', async () => {
      queue.add('a1', 'resync');
      queue.add('a2', 'resync');
      queue.add('b1', 'change');
      expect(await drain(3)).toEqual(['b1', 'a1', 'a2']);
    });

    it('moves a key forward when it changes while waiting for a resync', async () => {
      queue.add('a1', 'resync');
      queue.add('a2', 'resync');
      queue.add('a2', 'change');
      queue.add('a1', 'resync');
      expect(queue.depth).toBe(2);
      expect(await drain(2)).toEqual(['a2', 'a1']);
    });

    it('lets no endless series of changes starve a resync', async () => {
      queue.add('z', 'resync');
      for (let i = 0; i < 30; i += 1) queue.add(`c${i}`);
      const keys = await drain(12);
      expect(keys).toContain('z');
    });

    it('remembers the priority of a key that is added while it is worked on', async () => {
      queue.add('a1');
      await queue.take();
      queue.add('a1', 'resync');
      queue.add('b1', 'change');
      queue.done('a1');
      expect(await drain(2)).toEqual(['b1', 'a1']);
    });
  });

  it('limits the number of workers per owner', async () => {
    queue = new WorkQueue({ shardOf: key => key[0], perShard: 2 });
    for (const key of ['a1', 'a2', 'a3', 'b1']) queue.add(key);
    const taken: (string | undefined)[] = [];
    for (let i = 0; i < 4; i += 1) queue.take().then(key => taken.push(key));
    await jest.advanceTimersByTimeAsync(0);
    expect(taken).toEqual(['a1', 'b1', 'a2']);
    queue.done('b1');
    await jest.advanceTimersByTimeAsync(0);
    expect(taken).toHaveLength(3);
    queue.done('a1');
    await jest.advanceTimersByTimeAsync(0);
    expect(taken[3]).toBe('a3');
  });

  it('does not delay owners because of failures of another one', async () => {
    queue = new WorkQueue({
      retry: { first: 5, most: 60_000, rate: { perSecond: 1, burst: 1 } },
      shardOf: key => key[0],
    });
    for (const key of ['a1', 'a2', 'b1']) queue.addFailed(key);
    await jest.advanceTimersByTimeAsync(5);
    expect([await queue.take(), await queue.take()]).toEqual(['a1', 'b1']);
    expect(queue.depth).toBe(0);
    await jest.advanceTimersByTimeAsync(1000);
    expect(await queue.take()).toBe('a2');
  });

  it('brings a resync that failed back as a resync', async () => {
    queue.add('old', 'resync');
    await queue.take();
    queue.addFailed('old');
    queue.done('old');
    await jest.advanceTimersByTimeAsync(5);
    queue.add('new', 'change');
    expect([await queue.take(), await queue.take()]).toEqual(['new', 'old']);
  });

  it('does not mind when the clock of the machine is set', async () => {
    queue.addFailed('a', { atLeast: 1000 });
    jest.setSystemTime(Date.now() - 3_600_000);
    queue.add('a');
    await jest.advanceTimersByTimeAsync(1000);
    expect(queue.depth).toBe(1);
    queue.done((await queue.take())!);
    queue.addAfter('a', 3_600_000);
    jest.setSystemTime(Date.now() + 7_200_000);
    queue.addAfter('a', 10);
    await jest.advanceTimersByTimeAsync(10);
    expect(queue.depth).toBe(1);
  });

  it('measures waiting and processing times of keys', async () => {
    const told: string[] = [];
    queue = new WorkQueue({
      observer: {
        added: depth => told.push(`added ${depth}`),
        taken: (seconds, depth) => told.push(`taken ${seconds >= 0} ${depth}`),
        retried: () => told.push('retried'),
        done: seconds => told.push(`done ${seconds >= 0}`),
      },
    });
    queue.add('a');
    queue.add('a');
    await queue.take();
    expect(queue.unfinished).toHaveLength(1);
    queue.addFailed('a');
    queue.done('a');
    expect(told).toEqual(['added 1', 'taken true 0', 'retried', 'done true']);
    expect(queue.unfinished).toHaveLength(0);
  });

  it('delays a key for the requested time', async () => {
    queue.add('a');
    await queue.take();
    queue.addFailed('a', { atLeast: 1000 });
    queue.done('a');
    queue.add('a');
    expect(queue.depth).toBe(0);
    jest.advanceTimersByTime(999);
    expect(queue.depth).toBe(0);
    jest.advanceTimersByTime(1);
    expect(await queue.take()).toBe('a');
  });
});
