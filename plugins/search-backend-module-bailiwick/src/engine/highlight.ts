import type {
  IndexableDocument,
  ResultHighlight,
} from '@backstage/plugin-search-common';
import type { QueryWord } from './parseTerm';
import { splitWords } from './splitWords';

const fields = ['title', 'text'] as const;

/**
 * Marks the characters of a document's title and text that match words of a query.
 *
 * @param tags - tags that no document contains
 */
export function highlight(
  document: IndexableDocument,
  query: QueryWord[],
  tags: Pick<ResultHighlight, 'preTag' | 'postTag'>,
): ResultHighlight {
  const marked = fields.flatMap(field => {
    const text = mark(document[field], query, tags);
    return text === document[field] ? [] : [[field, text]];
  });
  return { ...tags, fields: Object.fromEntries(marked) };
}

function mark(
  text: string,
  query: QueryWord[],
  { postTag, preTag }: Pick<ResultHighlight, 'preTag' | 'postTag'>,
): string {
  let marked = '';
  let end = 0;
  for (const { length, start } of findMatches(text, query)) {
    if (start < end) continue;
    marked += text.slice(end, start);
    marked += preTag + text.slice(start, start + length) + postTag;
    end = start + length;
  }
  return marked + text.slice(end);
}

/** Returns the matches in their order, the longest one first at each position. */
function findMatches(
  text: string,
  query: QueryWord[],
): { start: number; length: number }[] {
  const words = splitWords(text);
  const forms = query.flatMap(word => word.forms).map(form => form.split(' '));
  return words
    .flatMap(({ start }, index) =>
      forms.flatMap(form => {
        const found = words.slice(index, index + form.length);
        const last = found.at(-1)!;
        return found
          .map(word => word.text)
          .join(' ')
          .startsWith(form.join(' '))
          ? { start, length: last.start + form.at(-1)!.length - start }
          : [];
      }),
    )
    .sort((a, b) => a.start - b.start || b.length - a.length);
}
