/** A word of a query, or words that a hyphen, an underscore or another character joins. */
export interface QueryWord {
  /** The word in lower case and, for a plural, its singular; a space separates joined words. */
  forms: string[];
}

/** Words that carry no meaning beside others. */
const stopWords = new Set(
  'a an and are as at by for from in is of on or the to with'.split(' '),
);

/** Splits the term of a query into words, without stop words unless it has no others. */
export function parseTerm(term: string): QueryWord[] {
  const texts = term.toLowerCase().split(/[\s,;]+/);
  const all = texts
    .map(text => text.match(/[\p{L}\p{M}\p{N}]+/gu)?.join(' ') ?? '')
    .filter((word, index, words) => word && words.indexOf(word) === index);
  const meaningful = all.filter(word => !stopWords.has(word));
  return (meaningful.length > 0 ? meaningful : all).map(word => ({
    forms: formsOf(word),
  }));
}

function formsOf(word: string): string[] {
  if (!/.{2}[^s]s$/.test(word)) return [word];
  return word.endsWith('ies')
    ? [word, `${word.slice(0, -3)}y`]
    : [word, word.slice(0, -1)];
}
