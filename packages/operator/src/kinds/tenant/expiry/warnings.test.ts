import { tenant } from '@bailiwick/backstage-testing/objects';
import { dueWarnings, warningTimes, withWarnings } from './warnings';

const day = 86_400_000;
const end = Date.parse('2027-02-01T00:00:00Z');
const iso = (time: number) => new Date(time).toISOString();
const desk = (expiresAt = iso(end)) => tenant('desk', { expiresAt });
const before = (days: number) => new Date(end - days * day);

describe('dueWarnings', () => {
  it.each([
    [15, undefined],
    [14, 14],
    [4, 14],
    [3, 3],
    [1.5, 3],
    [1, 1],
    [0.1, 1],
    [0, undefined],
    [-1, undefined],
  ])('%d days before the end, warns of %s', (days, expected) => {
    const [found] = dueWarnings(desk(), {}, before(days));
    expect(found?.days).toBe(expected);
  });

  it('warns once of each', () => {
    const [warning] = dueWarnings(desk(), {}, before(3));
    const given = withWarnings(desk(), {}, [warning]);
    expect(dueWarnings(desk(), given, before(2))).toEqual([]);
    expect(dueWarnings(desk(), given, before(1))).toHaveLength(1);
  });

  it('restarts with another end', () => {
    const given = { '': { at: iso(end), days: 1 } };
    const renewed = desk(iso(end + 10 * day));
    expect(dueWarnings(renewed, given, before(0.5))[0].days).toBe(14);
    expect(withWarnings(renewed, given, [])).toEqual({});
  });
});

describe('warningTimes', () => {
  it('names each warning and the end', () => {
    expect(
      warningTimes(desk()).map(one => (end - one.getTime()) / day),
    ).toEqual([0, 1, 3, 14]);
  });
});
