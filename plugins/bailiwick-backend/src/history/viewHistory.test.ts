import {
  historyResolutions,
  type CallHistory,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { spans, viewHistory, viewTotals } from './viewHistory';

const now = Date.parse('2026-11-20T08:05:00Z');
const slotOf = (time: string) => Math.floor(Date.parse(time) / 900_000);
const feed = { tenant: 'desk', environment: 'prod', app: 'feed', fn: 'prices' };

/** A slot with calls of 0.2 s. */
const slot = (time: string, calls: number, errors = 0): [number, number] =>
  [
    ...[slotOf(time), calls, errors, calls * 0.2, calls],
    ...[0, 0, calls, 0, 0, 0, 0, 0, calls * 3],
  ] as unknown as [number, number];

/** Returns the history of a gateway that has been running since a time. */
const gateway = (
  since: string,
  slots: [number, number][],
  of = feed,
): CallHistory => ({
  resolutions: [
    {
      seconds: 900,
      known: [[slotOf(since), slotOf('2026-11-20T08:00:00Z')]],
      series: [{ ...of, slots }],
    },
  ],
});

describe('viewHistory', () => {
  it('shows spans that the gateway stores', () => {
    for (const { seconds, slots } of Object.values(spans)) {
      const stored = historyResolutions.find(one => one.seconds === seconds);
      expect(stored?.slots).toBeGreaterThanOrEqual(slots);
    }
  });

  it('adds up the gateways, with zeros while one runs and gaps while none does', () => {
    const view = viewHistory(
      [
        gateway('2026-11-20T07:15:00Z', [slot('2026-11-20T07:30:00Z', 6, 1)]),
        gateway('2026-11-20T07:30:00Z', [slot('2026-11-20T07:30:00Z', 4)]),
      ],
      { span: 'day' },
      now,
    );
    expect(view.points).toHaveLength(96);
    expect(view.points.slice(-5)).toEqual([
      { at: '2026-11-20T07:00:00.000Z' },
      { at: '2026-11-20T07:15:00.000Z', calls: 0, errors: 0, rows: 0 },
      {
        at: '2026-11-20T07:30:00.000Z',
        calls: 10,
        errors: 1,
        mean: expect.closeTo(0.2),
        p95: expect.closeTo(0.2425),
        rows: 30,
      },
      { at: '2026-11-20T07:45:00.000Z', calls: 0, errors: 0, rows: 0 },
      { at: '2026-11-20T08:00:00.000Z', calls: 0, errors: 0, rows: 0 },
    ]);
    expect(view.total).toEqual({
      calls: 10,
      errors: 1,
      since: '2026-11-20T07:15:00.000Z',
    });
    expect(view.functions).toEqual([
      { environment: 'prod', fn: 'prices', calls: 10, errors: 1 },
    ]);
    expect([view.from, view.to]).toEqual([
      '2026-11-19T08:15:00.000Z',
      '2026-11-20T08:15:00.000Z',
    ]);
  });

  it('leaves out calls from before the span, and of other environments', () => {
    const histories = [
      gateway('2026-11-19T07:00:00Z', [
        slot('2026-11-19T08:00:00Z', 100),
        slot('2026-11-19T08:15:00Z', 1),
      ]),
    ];
    const total = (environment?: string) =>
      viewHistory(histories, { span: 'day', environment }, now).total.calls;
    expect(total()).toBe(1);
    expect(total('prod')).toBe(1);
    expect(total('dev')).toBe(0);
  });

  it('leaves out calls of an earlier app of the same name', () => {
    const { points, total } = viewHistory(
      [
        gateway('2026-11-20T06:00:00Z', [
          slot('2026-11-20T06:30:00Z', 100),
          slot('2026-11-20T07:45:00Z', 2),
        ]),
      ],
      { span: 'day', createdAt: '2026-11-20T07:40:00Z' },
      now,
    );
    expect(total).toEqual({
      calls: 2,
      errors: 0,
      since: '2026-11-20T07:30:00.000Z',
    });
    expect(points.at(-4)).toEqual({ at: '2026-11-20T07:15:00.000Z' });
  });

  it('reports nothing as known without a gateway', () => {
    const { points, total } = viewHistory([], { span: 'hours' }, now);
    expect(total).toEqual({ calls: 0, errors: 0 });
    expect(points).toHaveLength(180);
    expect(points.every(({ calls }) => calls === undefined)).toBe(true);
  });
});

describe('viewTotals', () => {
  it('counts each app on its own', () => {
    const since = '2026-11-20T07:15:00Z';
    const histories = [
      gateway(since, [slot('2026-11-20T07:30:00Z', 6, 1)]),
      gateway(since, [slot('2026-11-20T07:30:00Z', 3)], {
        ...feed,
        app: 'other',
      }),
    ];
    const apps = ['feed', 'idle'].map(app => ({ tenant: 'desk', app }));
    const known = { tenant: 'desk', since: '2026-11-20T07:15:00.000Z' };
    expect(viewTotals(histories, apps, now)).toEqual([
      { ...known, app: 'feed', calls: 6, errors: 1 },
      { ...known, app: 'idle', calls: 0, errors: 0 },
    ]);
  });
});
