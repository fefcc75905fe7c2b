import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Lines of what a program said that a failure shows. */
const most = 40;

/** Returns the end of a text, and says how much of it is left out. */
export function truncateOutput(text: string, count = most): string {
  const lines = text.trim().split('\n');
  const others = lines.length - count;
  return others > 0
    ? [
        `(${formatCount(others, 'earlier line')} omitted)`,
        ...lines.slice(-count),
      ].join('\n')
    : lines.join('\n');
}
