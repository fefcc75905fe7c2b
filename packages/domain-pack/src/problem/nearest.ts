import leven from 'leven';

/** Most letters in which a misspelt name differs from the one that was meant. */
const mostTypos = 3;
/** Letters of the longest name that is compared. */
const longestName = 100;
/** Names that are compared, from the first. */
const mostNames = 1000;

/**
 * Returns the beginning of a remedy with the most similar name, such as `Did you mean Isbn? `; empty if there is none.
 */
export function suggestion(wanted: unknown, names: readonly string[]): string {
  const meant = nearest(wanted, names);
  return meant === undefined ? '' : `Did you mean ${meant}? `;
}

/** Returns the name that differs least from a misspelt one; `undefined` when none resembles it. */
export function nearest(
  wanted: unknown,
  names: readonly string[],
): string | undefined {
  if (typeof wanted !== 'string' || wanted.length > longestName)
    return undefined;
  const most = Math.min(mostTypos, Math.floor(wanted.length / 2));
  const [best] = names
    .slice(0, mostNames)
    .filter(({ length }) => Math.abs(length - wanted.length) <= most)
    .map(name => ({
      name,
      typos: leven(wanted.toLowerCase(), name.toLowerCase()),
    }))
    .sort((one, other) => one.typos - other.typos);
  return best && best.typos <= most ? best.name : undefined;
}
