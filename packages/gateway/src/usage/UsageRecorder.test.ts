import { aGrant } from '../__testUtils__/objects';
import { UsageRecorder, type Read, type Usage } from './UsageRecorder';

const log = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
const early = new Date('2026-11-20T08:00:00Z');
const late = new Date('2026-11-20T08:00:05Z');

function aRead(fields: Partial<Read> = {}): Read {
  return { at: early.toISOString(), ...fields };
}

describe('UsageRecorder', () => {
  let recorder: UsageRecorder | undefined;

  function record(write: (usage: Usage) => Promise<'written' | 'kept'>) {
    recorder = new UsageRecorder({ write, log });
    return recorder;
  }

  afterEach(async () => {
    await recorder?.stop();
    jest.useRealTimers();
  });

  it('writes the sum of the calls once', async () => {
    const write = jest.fn(async () => 'written' as const);
    const usage = record(write);
    usage.record(aGrant(), late);
    usage.record(aGrant(), early);
    await usage.flush();
    await usage.flush();
    expect(write.mock.calls).toEqual([
      [expect.objectContaining({ calls: 2, lastUsed: late })],
    ]);
  });

  it('writes at once that a call needs a pod, and again after a conflict', async () => {
    const write = jest
      .fn<Promise<'written' | 'kept'>, [Usage]>()
      .mockResolvedValueOnce('kept')
      .mockResolvedValue('written');
    jest.useFakeTimers();
    const usage = record(write);
    usage.requestPod(aGrant(), late);
    expect(write).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(200);
    const use = expect.objectContaining({ calls: 0, lastUsed: late });
    expect(write.mock.calls).toEqual([[use], [use]]);
  });

  it('adds the calls of a canary, and drops those of an earlier one', async () => {
    const write = jest.fn(async () => 'written' as const);
    const usage = record(write);
    const call = {
      startedAt: late.toISOString(),
      isCanary: true,
      failed: false,
      milliseconds: 3,
    };
    usage.recordCanary(aGrant(), { ...call, startedAt: early.toISOString() });
    usage.recordCanary(aGrant(), call);
    usage.recordCanary(aGrant(), { ...call, failed: true, milliseconds: 7 });
    usage.recordCanary(aGrant(), { ...call, isCanary: false });
    await usage.flush();
    const canary = {
      startedAt: late.toISOString(),
      canary: { calls: 2, failed: 1, durations: [1, 1] },
      stable: { calls: 1, failed: 0, durations: [1] },
    };
    expect(write.mock.calls).toEqual([
      [expect.objectContaining({ calls: 0, canary })],
    ]);
  });

  it('writes that a stream is read, which is no call', async () => {
    const write = jest.fn(async () => 'written' as const);
    const usage = record(write);
    usage.recordInUse(aGrant(), late);
    await usage.flush();
    expect(write.mock.calls).toEqual([
      [expect.objectContaining({ calls: 0, lastUsed: late })],
    ]);
  });

  it('adds the rows of a stream to the call that it was when it began', async () => {
    const write = jest.fn(async () => 'written' as const);
    const usage = record(write);
    usage.record(aGrant(), early);
    usage.recordRows(aGrant(), 7, late);
    usage.recordRows(aGrant(), 5, late);
    await usage.flush();
    expect(write.mock.calls).toEqual([
      [expect.objectContaining({ calls: 1, rows: 12, lastUsed: late })],
    ]);
  });

  it('keeps the last failure, which is no call', async () => {
    const write = jest.fn(async () => 'written' as const);
    const usage = record(write);
    const [older, newer] = [early, late].map(at => ({
      at: at.toISOString(),
      status: 404,
      type: 'not-found',
    }));
    usage.recordFailure(aGrant(), newer);
    usage.recordFailure(aGrant(), older);
    expect(usage.callsOn(aGrant(), late)).toBe(0);
    await usage.flush();
    expect(write.mock.calls).toEqual([
      [
        expect.objectContaining({
          calls: 0,
          lastFailure: newer,
          lastUsed: undefined,
        }),
      ],
    ]);
  });

  it('writes the first use within a second, and then at most every 10 seconds', async () => {
    jest.useFakeTimers();
    const write = jest.fn(async (_: Usage) => 'written' as const);
    const usage = record(write);
    const use = async (count: number) => {
      for (let second = 0; second < count; second += 1) {
        usage.record(aGrant());
        usage.recordRead(aGrant(), aRead());
        await jest.advanceTimersByTimeAsync(1_000);
      }
      return write.mock.calls.splice(0).map(([{ calls }]) => calls);
    };
    expect(await use(10)).toEqual([1, 9]);
    expect(await use(20)).toEqual([10, 10]);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(await use(1)).toEqual([1]);
  });

  it('writes a failure after a success soon, and only the grant that it is about', async () => {
    jest.useFakeTimers();
    const write = jest.fn(async (_: Usage) => 'written' as const);
    const usage = record(write);
    const other = aGrant();
    other.metadata.uid = 'other';
    const lastFailure = { at: early.toISOString(), status: 400, type: 'wrong' };
    for (const grant of [aGrant(), other]) usage.recordRead(grant, aRead());
    await jest.advanceTimersByTimeAsync(1_000);
    write.mockClear();
    usage.recordRead(other, aRead());
    usage.recordFailure(aGrant(), lastFailure);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(write.mock.calls).toEqual([
      [expect.objectContaining({ calls: 0, lastFailure })],
    ]);
  });

  it('writes a slow call with its read, and not before', async () => {
    jest.useFakeTimers();
    const write = jest.fn(async (_: Usage) => 'written' as const);
    const usage = record(write);
    usage.record(aGrant());
    await jest.advanceTimersByTimeAsync(3_000);
    expect(write).not.toHaveBeenCalled();
    usage.recordRead(aGrant(), aRead({ rows: 3 }));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(write.mock.calls).toEqual([
      [expect.objectContaining({ calls: 1, lastRead: aRead({ rows: 3 }) })],
    ]);
  });

  it('writes a grant whose requests fail now and then at most 4 times in 10 seconds', async () => {
    jest.useFakeTimers();
    const write = jest.fn(async (_: Usage) => 'written' as const);
    const usage = record(write);
    const lastFailure = { at: early.toISOString(), status: 500, type: 'wrong' };
    for (let second = 0; second < 10; second += 1) {
      if (second % 2) usage.recordRead(aGrant(), aRead());
      else usage.recordFailure(aGrant(), lastFailure);
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(write).toHaveBeenCalledTimes(4);
  });

  it('retries news that met another change within a second', async () => {
    jest.useFakeTimers();
    const write = jest
      .fn<Promise<'kept' | 'written'>, [Usage]>()
      .mockResolvedValueOnce('kept')
      .mockResolvedValue('written');
    const usage = record(write);
    usage.recordRead(aGrant(), aRead());
    await jest.advanceTimersByTimeAsync(2_000);
    expect(write).toHaveBeenCalledTimes(2);
  });

  it('prefers the last read of a function to later requests for metadata', async () => {
    const write = jest.fn(async () => 'written' as const);
    const usage = record(write);
    usage.recordRead(aGrant(), aRead({ fn: 'prices' }));
    usage.recordRead(aGrant(), aRead({ at: late.toISOString() }));
    await usage.flush();
    expect(write.mock.calls).toEqual([
      [expect.objectContaining({ lastRead: aRead({ fn: 'prices' }) })],
    ]);
  });

  it('keeps counts that could not be written, and new ones', async () => {
    const sums: number[] = [];
    const usage = record(async ({ calls }) => {
      sums.push(calls);
      if (sums.length === 1) {
        usage.record(aGrant());
        return 'kept';
      }
      if (sums.length === 2) throw new Error('no API server');
      return 'written';
    });
    usage.record(aGrant());
    for (let turn = 0; turn < 4; turn++) await usage.flush();
    expect(sums).toEqual([1, 2, 2]);
  });

  it('returns the calls of a day from the status and those not yet written', async () => {
    const usage = record(async () => 'written');
    const grant = aGrant();
    grant.status = { today: { date: '2026-11-20', calls: 3 } };
    usage.record(grant, late);
    expect(usage.callsOn(grant, late)).toBe(4);
    expect(usage.callsOn(grant, new Date('2026-11-21T00:00:00Z'))).toBe(0);
    await usage.flush();
    expect(usage.callsOn(grant, late)).toBe(3);
  });

  it('writes the rest when it stops', async () => {
    const write = jest.fn(async () => 'written' as const);
    const usage = record(write);
    usage.record(aGrant());
    await usage.stop();
    expect(write).toHaveBeenCalledTimes(1);
  });
});
