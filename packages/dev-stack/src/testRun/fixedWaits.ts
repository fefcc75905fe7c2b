import { existsSync, readFileSync } from 'node:fs';

const literalWait =
  /\b(?:pause|sleep|waitForTimeout|writesWithin|quiesce|stillness)\(\s*([\d_]+)/g;

/**
 * Returns the seconds that a test file waits by literal times, such as `pause(6_000)`. A wait in a loop counts
 * once, and a condition that is awaited does not count.
 */
export function fixedWaitSeconds(file: string): number {
  if (!existsSync(file)) return 0;
  let milliseconds = 0;
  for (const [, number] of readFileSync(file, 'utf8').matchAll(literalWait))
    milliseconds += Number(number.replaceAll('_', ''));
  return milliseconds / 1000;
}
