import { storedUsageSchema, UsageHistory } from './UsageHistory';

const minute = 60_000;
const start = Date.parse('2026-11-20T08:00:00Z');
const feed = { namespace: 'desk--prod', app: 'feed' };

describe('UsageHistory', () => {
  /** Slots as minutes since the start. */
  const read = (history: UsageHistory, seconds: number, now: number) =>
    history.read(feed, seconds, now).map(({ slot, ...usage }) => ({
      minute: (slot * seconds * 1_000 - start) / minute,
      ...usage,
    }));

  it('spreads CPU over the slots since the previous sample', () => {
    const history = new UsageHistory();
    history.record(feed, {
      from: start + 30_000,
      to: start + 90_000,
      cores: 0.5,
      memory: 100,
    });
    expect(read(history, 60, start + 90_000)).toEqual([
      { minute: 0, cores: 0.5, memory: 100 },
      { minute: 1, cores: 0.5, memory: 100 },
    ]);
  });

  it('keeps mean CPU and peak memory of a slot', () => {
    const history = new UsageHistory();
    const sample = { from: start };
    const half = start + 30_000;
    history.record(feed, { ...sample, to: half, cores: 0.1, memory: 300 });
    history.record(feed, {
      ...sample,
      from: half,
      to: start + minute - 1,
      cores: 0.3,
      memory: 200,
    });
    expect(read(history, 60, start)).toEqual([
      { minute: 0, cores: expect.closeTo(0.2), memory: 300 },
    ]);
  });

  it('knows only the memory from a first sample', () => {
    const history = new UsageHistory();
    const first = { from: start, to: start, cores: 0, memory: 100 };
    history.record(feed, first);
    expect(read(history, 60, start)).toEqual([{ minute: 0, memory: 100 }]);
    expect(history.read({ ...feed, app: 'other' }, 60, start)).toEqual([]);
  });

  it('drops minutes after 3 hours and quarters of an hour after 25 hours', () => {
    const history = new UsageHistory();
    const sample = { cores: 1, memory: 100 };
    history.record(feed, { ...sample, from: start, to: start + minute - 1 });
    expect(read(history, 60, start + 180 * minute)).toEqual([]);
    expect(read(history, 900, start + 24 * 60 * minute)).toHaveLength(1);
    expect([...history.store(start + 26 * 60 * minute)]).toEqual([]);
  });

  it('continues from the stored usage', () => {
    const before = new UsageHistory();
    const sample = { cores: 0.25, memory: 4_096 };
    before.record(feed, { ...sample, from: start, to: start + 30_000 });
    const history = new UsageHistory();
    for (const [key, slots] of before.store(start))
      history.restore(
        key,
        storedUsageSchema.parse(JSON.parse(JSON.stringify(slots))),
      );
    history.record(feed, {
      ...sample,
      from: start + 30_000,
      to: start + 59_000,
    });
    expect(read(history, 60, start)).toEqual([
      { minute: 0, cores: expect.closeTo(0.25), memory: 4_096 },
    ]);
  });

  it('reads what an earlier version stored, with rows', () => {
    const slot = start / minute;
    expect(storedUsageSchema.parse([[[slot, 60, 15, 7_000, 4_096]]])).toEqual([
      [[slot, 60, 15, 4_096]],
    ]);
    expect(storedUsageSchema.safeParse([[[slot, 60]]]).success).toBe(false);
  });

  it('keeps at most 5,000 places, and drops the one not sampled for the longest time', () => {
    const history = new UsageHistory();
    const sample = { from: start, to: start, cores: 0, memory: 1 };
    for (let count = 0; count <= 5_000; count++)
      history.record({ ...feed, app: `app-${count}` }, sample);
    const stored = new Map(history.store(start));
    expect(stored.size).toBe(5_000);
    expect(stored.has('desk--prod/app-0')).toBe(false);
    expect(stored.has('desk--prod/app-1')).toBe(true);
  });
});
