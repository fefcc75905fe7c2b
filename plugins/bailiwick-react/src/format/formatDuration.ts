import { withUnit } from './withUnit';

const units: Record<string, string> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
};

/** Formats a duration of Kubernetes: `365d` is `365 days`. @public */
export function formatDuration(duration: string): string {
  const [count, unit] = [duration.slice(0, -1), units[duration.slice(-1)]];
  return withUnit(count, `${unit}${count === '1' ? '' : 's'}`);
}
