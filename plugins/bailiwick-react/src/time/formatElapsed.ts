import { withUnit } from '../format/withUnit';

/** Formats an elapsed time in the largest unit with a value of at least two: `90 s`, `12 min`, `3 h`. */
export function formatElapsed(seconds: number): string {
  if (seconds < 120) return withUnit(seconds, 's');
  const minutes = Math.floor(seconds / 60);
  return minutes < 120
    ? withUnit(minutes, 'min')
    : withUnit(Math.floor(minutes / 60), 'h');
}
