import { callHistorySchema } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { CallRecorder } from './CallRecorder';

const minute = 60_000;
const start = Date.parse('2026-11-20T08:00:00Z');
const prices = {
  tenant: 'desk',
  environment: 'prod',
  app: 'feed',
  fn: 'prices',
};
const quick = { isError: false, seconds: 0.2 };

/** Returns calls and errors by minute since the start, and by quarter of an hour. */
function countsOf(recorder: CallRecorder, now: number) {
  const { resolutions } = recorder.read(undefined, now);
  const counts = resolutions.map(({ seconds, series: [one] }) =>
    (one?.slots ?? []).map(([slot, calls, errors]) => [
      (slot * seconds * 1_000 - start) / minute,
      calls,
      errors,
    ]),
  );
  return { minutes: counts[0], quarters: counts[1] };
}

describe('CallRecorder', () => {
  it('counts calls and errors by minute and by quarter of an hour', () => {
    const recorder = new CallRecorder();
    recorder.record(prices, quick, start);
    recorder.record(prices, { isError: true, seconds: 3 }, start + 59_999);
    recorder.record(prices, quick, start + minute);
    recorder.record(prices, { isError: false }, start + 15 * minute);
    expect(countsOf(recorder, start + 15 * minute)).toEqual({
      minutes: [
        [0, 2, 1],
        [1, 1, 0],
        [15, 1, 0],
      ],
      quarters: [
        [0, 3, 1],
        [15, 1, 0],
      ],
    });
    const [{ series }] = recorder.read(undefined, start).resolutions;
    // Seconds, timed calls, the buckets up to 0.25 s and 10 s, and rows.
    expect(series[0].slots[0].slice(3)).toEqual([
      3.2, 2, 0, 0, 1, 0, 0, 0, 1, 0, 0,
    ]);
  });

  it('counts rows when they are sent, and not those of an earlier history file', () => {
    const before = new CallRecorder();
    before.record(prices, quick, start);
    before.recordRows(prices, 7, start);
    const stored = JSON.parse(JSON.stringify(before.read(undefined, start)));
    for (const { series } of stored.resolutions) series[0].slots[0].pop();
    const recorder = new CallRecorder();
    recorder.restore(callHistorySchema.parse(stored));
    recorder.recordRows(prices, 5, start);
    const [{ series }] = recorder.read(undefined, start).resolutions;
    expect(series[0].slots[0].at(1)).toBe(1);
    expect(series[0].slots[0].at(-1)).toBe(5);
  });

  it('drops minutes after 3 hours and quarters after 25 hours', () => {
    const recorder = new CallRecorder();
    recorder.record(prices, quick, start);
    expect(countsOf(recorder, start + 179 * minute).minutes).toHaveLength(1);
    expect(countsOf(recorder, start + 180 * minute).minutes).toEqual([]);
    const day = start + 24 * 60 * minute;
    expect(countsOf(recorder, day).quarters).toEqual([[0, 1, 0]]);
    recorder.record(prices, quick, day + 60 * minute);
    expect(countsOf(recorder, day + 60 * minute).quarters).toEqual([
      [25 * 60, 1, 0],
    ]);
  });

  it('distinguishes times without calls from times without a gateway', () => {
    const before = new CallRecorder();
    before.tick(start);
    before.record(prices, quick, start + minute);
    const stored = JSON.parse(JSON.stringify(before.read(undefined, start)));
    const recorder = new CallRecorder();
    recorder.restore(callHistorySchema.parse(stored));
    recorder.tick(start + 10 * minute);
    recorder.record(prices, quick, start + 11 * minute);
    const { known, seconds } = recorder.read().resolutions[0];
    expect(
      known.map(range =>
        range.map(slot => (slot * seconds * 1_000 - start) / minute),
      ),
    ).toEqual([
      [0, 1],
      [10, 11],
    ]);
    expect(countsOf(recorder, start + 11 * minute).minutes).toEqual([
      [1, 1, 0],
      [11, 1, 0],
    ]);
  });

  it('returns one app and one resolution alone', () => {
    const recorder = new CallRecorder();
    recorder.record(prices, quick, start);
    recorder.record({ ...prices, app: 'other' }, quick, start);
    const { resolutions } = recorder.read(
      { app: { tenant: 'desk', app: 'feed' }, seconds: 900 },
      start,
    );
    expect(resolutions).toEqual([
      expect.objectContaining({
        seconds: 900,
        series: [expect.objectContaining(prices)],
      }),
    ]);
  });

  it('keeps at most 2,000 functions, and drops those without recent calls', () => {
    const recorder = new CallRecorder();
    for (let count = 0; count < 2_000; count++)
      recorder.record({ ...prices, fn: `f${count}` }, quick, start);
    recorder.record({ ...prices, fn: 'f0' }, quick, start);
    recorder.record({ ...prices, fn: 'new' }, quick, start);
    const names = recorder
      .read(undefined, start)
      .resolutions[0].series.map(({ fn }) => fn);
    expect(names).toHaveLength(2_000);
    expect(names).toEqual(expect.arrayContaining(['f0', 'new']));
    expect(names).not.toContain('f1');
  });
});
