import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Contract } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

type Row = Record<string, unknown>;

/** Keys that a message names. */
const mostNamed = 3;

/**
 * Describes which keys occur in several rows, and how often, after the name of a function; `undefined` if the key is
 * unique.
 *
 * @param key - columns of the key; rows without one are not compared
 */
export function repeatedKeys(
  { key = [] }: Pick<Contract['functions'][number]['result'], 'key'>,
  rows: readonly Row[],
): string | undefined {
  if (key.length === 0) return undefined;
  const counts = new Map<string, number>();
  for (const row of rows) {
    const words = key
      .map(column => `${column} ${JSON.stringify(row[column])}`)
      .join(', ');
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const repeated = [...counts].filter(([, count]) => count > 1);
  if (repeated.length === 0) return undefined;
  const named = repeated
    .slice(0, mostNamed)
    .map(([words, count]) => `${count} rows with the key ${words}`);
  const others = repeated.length - named.length;
  return `returned ${named.join('; ')}${
    others > 0 ? `; and ${formatCount(others, 'more repeated key')}` : ''
  }`;
}
