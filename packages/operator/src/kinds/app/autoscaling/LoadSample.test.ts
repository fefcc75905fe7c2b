import type { SlotUsage } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { loadBetween, type PodReadings } from './LoadSample';

const usage = (changes: Partial<SlotUsage> = {}): SlotUsage => ({
  slots: 8,
  held: 0,
  heldSeconds: 0,
  refused: 0,
  seconds: 100,
  ...changes,
});
const readings = (...pods: [uid: string, usage?: SlotUsage][]): PodReadings =>
  new Map(pods.map(([uid, found]) => [uid, found]));

describe('loadBetween', () => {
  it('averages the use over the time between two readings, by the clocks of the pods', () => {
    const before = readings(['a', usage({ heldSeconds: 40, refused: 2 })]);
    const now = readings([
      'a',
      usage({ heldSeconds: 60, refused: 5, seconds: 105, held: 7 }),
    ]);
    expect(loadBetween(before, now, 1)).toEqual({
      at: 1,
      pods: 1,
      occupied: 0.5,
      silent: 0,
      refused: 3,
    });
  });

  it('adds up pods with different numbers of slots', () => {
    const now = readings(
      ['a', usage({ held: 8 })],
      ['b', usage({ slots: 4, held: 2 })],
    );
    expect(loadBetween(readings(), now, 1)).toMatchObject({
      pods: 2,
      occupied: 1.5,
    });
  });

  it('takes the present use of a pod that was not read before, and ignores its history', () => {
    const now = readings([
      'a',
      usage({ held: 4, heldSeconds: 700, refused: 9 }),
    ]);
    expect(loadBetween(readings(), now, 1)).toMatchObject({
      occupied: 0.5,
      refused: 0,
    });
  });

  it('takes the present use of a process that restarted', () => {
    const before = readings(['a', usage({ heldSeconds: 700, refused: 9 })]);
    const now = readings([
      'a',
      usage({ held: 2, heldSeconds: 3, refused: 1, seconds: 4 }),
    ]);
    expect(loadBetween(before, now, 1)).toMatchObject({
      occupied: 0.25,
      refused: 0,
    });
  });

  it('counts pods that do not respond', () => {
    const now = readings(['a', usage({ held: 8 })], ['b']);
    expect(loadBetween(readings(), now, 1)).toMatchObject({
      pods: 2,
      occupied: 1,
      silent: 1,
    });
  });
});
