import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../statistics';
import type { FleetApp, FleetCluster } from './FleetCluster';
import type { Screen } from './Screen';

const perSecond = 20;
/** As many apps as a screen shows for certain. */
const onScreen = 6;
/** Milliseconds within which the last change has to be on the screen. */
const longestMs = 60_000;

/** Times from a change to the screen. */
export interface ChangeTimes {
  /** Written in all, and those of apps that the screen shows. */
  changes: number;
  shown: number;
  p50Ms: number;
  p95Ms: number;
}

/**
 * Returns the time at which the screen showed a change, or a later one of the same app; the portal combines changes
 * within a moment.
 */
function shownAt(
  seen: Record<string, number>,
  number: number,
  changes: number,
): number {
  let at = Infinity;
  for (let later = number; later < changes; later += 2 * onScreen)
    at = Math.min(at, seen[later] ?? Infinity);
  return at;
}

/**
 * Changes apps at a steady rate, every other one on the screen, and measures the time from the first of its two writes
 * until it is visible.
 *
 * @throws Error if a change never became visible
 */
export async function changeApps(
  cluster: FleetCluster,
  screen: Screen,
  apps: FleetApp[],
  seconds: number,
): Promise<ChangeTimes> {
  const board = await screen.watch();
  const begun = new Map<number, number>();
  // The changes of an app are written one after the other, because an older one must not overwrite a newer one.
  const writes = new Map<FleetApp, Promise<void>>();
  const changes = perSecond * seconds;
  const start = performance.now();
  for (let number = 0; number < changes; number += 1) {
    const isShown = number % 2 === 0;
    const app = isShown
      ? apps[(number / 2) % onScreen]
      : apps[onScreen + ((number * 7) % (apps.length - onScreen))];
    if (isShown) begun.set(number, Date.now());
    const change = () =>
      cluster.change(app, `Change #${number}.`, number % 4 < 2);
    writes.set(app, writes.get(app)?.then(change) ?? change());
    await pause(
      Math.max(
        0,
        start + ((number + 1) * 1000) / perSecond - performance.now(),
      ),
    );
  }
  await Promise.all(writes.values());
  const end = performance.now() + longestMs;
  const look = async () => {
    const seen = await board.seen();
    return [...begun].map(
      ([number, at]) => shownAt(seen, number, changes) - at,
    );
  };
  let times = await look();
  while (!times.every(Number.isFinite) && performance.now() < end) {
    await pause(500);
    times = await look();
  }
  await board.close();
  const missing = times.filter(time => !Number.isFinite(time)).length;
  if (missing > 0)
    throw new Error(
      `${missing} of ${times.length} changes did not come to the screen`,
    );
  return {
    changes,
    shown: times.length,
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
  };
}
