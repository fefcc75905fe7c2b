import type { CallTally } from '../../kinds';
import { addTallies, canaryProblem, emptyTally, tallyCall } from './canary';

/** Calls of one duration, of which some failed. */
function tally(calls: number, failed = 0, milliseconds = 30): CallTally {
  return Array.from({ length: calls }).reduce<CallTally>(
    (sum, _, at) => tallyCall(sum, { failed: at < failed, milliseconds }),
    emptyTally,
  );
}

describe('tallyCall', () => {
  it.each([
    [0, [1]],
    [5, [1]],
    [5.1, [0, 1]],
    [10, [0, 1]],
    [40, [0, 0, 0, 1]],
    [1e9, [...Array(14).fill(0), 1]],
  ])('counts a call of %p ms', (milliseconds, durations) => {
    expect(tallyCall(emptyTally, { failed: false, milliseconds })).toEqual({
      calls: 1,
      failed: 0,
      durations,
    });
  });
});

describe('addTallies', () => {
  it('adds different numbers of buckets', () => {
    expect(addTallies(tally(2, 1, 5), tally(3, 0, 20))).toEqual({
      calls: 5,
      failed: 1,
      durations: [2, 0, 3],
    });
  });

  it('is empty without tallies', () => {
    expect(addTallies()).toEqual(emptyTally);
  });
});

describe('canaryProblem', () => {
  it.each([
    ['no calls', tally(0), tally(0)],
    ['two failed calls', tally(2, 2), tally(50)],
    ['less than 5% failed calls', tally(100, 4), tally(900)],
    ['a deployed release that fails as often', tally(50, 10), tally(100, 10)],
    ['slow calls, but few', tally(49, 0, 5000), tally(500)],
    ['a few slow calls', addTallies(tally(96), tally(4, 0, 5000)), tally(100)],
    [
      'calls that are three times as slow',
      tally(50, 0, 600),
      tally(50, 0, 200),
    ],
    ['calls that are slower, but fast', tally(50, 0, 150), tally(50, 0, 1)],
  ])('finds none in %s', (_, canary, stable) => {
    expect(canaryProblem(canary, stable)).toBeUndefined();
  });

  it.each([
    [
      'failed calls',
      tally(50, 3),
      tally(450, 2),
      '3 of 50 calls failed (deployed release: 2 of 450)',
    ],
    [
      'failed calls only',
      tally(3, 3),
      tally(0),
      '3 of 3 calls failed (deployed release: 0 of 0)',
    ],
    [
      'slow calls',
      tally(50, 0, 1200),
      tally(50),
      '95% of its calls took up to 1.3 s (deployed release: 40 ms)',
    ],
  ])('finds %s', (_, canary, stable, problem) => {
    expect(canaryProblem(canary, stable)).toBe(problem);
  });
});
