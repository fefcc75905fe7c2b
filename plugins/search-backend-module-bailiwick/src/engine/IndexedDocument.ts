import type { IndexableDocument } from '@backstage/plugin-search-common';
import type { QueryWord } from './parseTerm';
import { splitWords } from './splitWords';

/** Weights of fields; the others, such as the app of a column, are the context of a document. */
const weights = new Map([
  ['title', 8],
  ['text', 4],
  ['keywords', 2],
]);
const contextWeight = 1;
/** Factor for a word that matches as a whole, not as the beginning of a longer one. */
const wholeWordFactor = 1.25;
/** Added when the title contains the words of the query in their order. */
const phraseBonus = 2;
/** Added when the title consists of the words of the query. */
const sameTitleBonus = 8;
/** Leads to the document and is not text of it. */
const unsearched = 'location';

interface IndexedField {
  /** Words in lower case, with a space before and after each. */
  words: string;
  weight: number;
  isContext: boolean;
}

/** A document with the words of its fields. */
export class IndexedDocument {
  readonly document: IndexableDocument;
  readonly #fields: IndexedField[];
  /** Words of the title; compound names only as a whole. */
  readonly #title: string;

  constructor(document: IndexableDocument) {
    this.document = document;
    this.#title = spaced(
      document.title.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [],
    );
    this.#fields = Object.entries(document).flatMap(([field, value]) =>
      typeof value === 'string' && field !== unsearched
        ? {
            words: spaced(splitWords(value).map(({ text }) => text)),
            weight: weights.get(field) ?? contextWeight,
            isContext: !weights.has(field),
          }
        : [],
    );
  }

  /**
   * Returns the relevance for the words of a query; `undefined` unless each word begins a word of the document, and at
   * least one of them a word outside its context. Without words, all documents are equally relevant.
   */
  relevance(query: QueryWord[]): number | undefined {
    let total = 0;
    let isContextOnly = query.length > 0;
    for (const word of query) {
      let best = 0;
      for (const { isContext, weight, words } of this.#fields) {
        const factor = matchFactor(words, word);
        if (factor > 0 && !isContext) isContextOnly = false;
        best = Math.max(best, factor * weight);
      }
      if (best === 0) return undefined;
      total += best;
    }
    return isContextOnly
      ? undefined
      : total / Math.max(query.length, 1) + this.#titleBonus(query);
  }

  #titleBonus(query: QueryWord[]): number {
    const phrase = ` ${query.map(({ forms }) => forms[0]).join(' ')}`;
    if (query.length === 0 || !this.#title.includes(phrase)) return 0;
    return this.#title === `${phrase} `
      ? phraseBonus + sameTitleBonus
      : phraseBonus;
  }
}

function spaced(words: string[]): string {
  return ` ${words.join(' ')} `;
}

function matchFactor(words: string, { forms }: QueryWord): number {
  if (forms.some(form => words.includes(` ${form} `))) return wholeWordFactor;
  return forms.some(form => words.includes(` ${form}`)) ? 1 : 0;
}
