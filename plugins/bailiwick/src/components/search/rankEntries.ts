import type { SearchEntry } from './SearchEntry';

/**
 * Sorts the entries of a query by where they match: a title that is the term, a title with all its words, a title with
 * some of them, the text. Among equal ones, data comes first, with what the reader can read before what they can request;
 * terms, guides and the like follow. Otherwise the order is kept.
 */
export function rankEntries(
  entries: SearchEntry[],
  term: string,
): SearchEntry[] {
  return [...entries].sort(
    (one, other) =>
      rankOf(one, term) - rankOf(other, term) ||
      distanceOf(one) - distanceOf(other),
  );
}

/** How far an entry is from rows: 0 for data that the reader can read, 1 for other data, 2 for the rest. */
function distanceOf({ readability }: SearchEntry): number {
  if (readability === 'readable') return 0;
  return readability ? 1 : 2;
}

function rankOf({ highlight, title }: SearchEntry, term: string): number {
  const name = title.toLowerCase();
  const wanted = term.trim().toLowerCase();
  if (name === wanted) return 0;
  const marksOf = (field: string) =>
    (highlight?.fields[field]?.split(highlight.preTag).length ?? 1) - 1;
  const words = wanted.split(/\s+/).length;
  if (name.includes(wanted) || marksOf('title') >= words) return 1;
  if (marksOf('title') > 0) return 2;
  return marksOf('text') > 0 ? 3 : 4;
}
