import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Maximum number of output lines in a failure. */
const most = 40;

/** Returns the end of a text, with the size of the omitted part. */
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
