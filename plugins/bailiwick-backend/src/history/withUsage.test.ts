import { withUsage } from './withUsage';

const points = ['07:45', '08:00', '08:15'].map(time => ({
  at: `2026-11-20T${time}:00.000Z`,
  calls: 1,
}));
const slotOf = (at: string) => Date.parse(at) / 900_000;

describe('withUsage', () => {
  it('adds usage to the points of its slots, and leaves gaps', () => {
    const used = [
      { slot: slotOf(points[0].at), memory: 100 },
      { slot: slotOf(points[2].at), memory: 200, cores: 1 / 3 },
    ];
    expect(withUsage(points, used, { seconds: 900 })).toEqual([
      { ...points[0], memory: 100 },
      points[1],
      { ...points[2], memory: 200, cores: 0.333 },
    ]);
  });

  it('leaves out usage of an earlier app with the same name', () => {
    const used = points.map(({ at }) => ({ slot: slotOf(at), memory: 1 }));
    const createdAt = '2026-11-20T08:07:00Z';
    expect(
      withUsage(points, used, { createdAt, seconds: 900 }).map(
        ({ memory }) => memory,
      ),
    ).toEqual([undefined, 1, 1]);
  });
});
