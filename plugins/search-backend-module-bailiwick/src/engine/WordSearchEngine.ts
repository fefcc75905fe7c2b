import {
  MissingIndexError,
  type SearchEngine,
} from '@backstage/plugin-search-backend-node';
import type {
  IndexableDocument,
  IndexableResultSet,
  SearchQuery,
} from '@backstage/plugin-search-common';
import { randomUUID } from 'node:crypto';
import { highlight } from './highlight';
import type { IndexedDocument } from './IndexedDocument';
import { parseTerm } from './parseTerm';
import { WordIndexer } from './WordIndexer';

const defaultPageSize = 25;

/**
 * In-memory search engine that finds the documents with all words of a query, each as a word or the beginning of a word.
 * Matches in the title rank first, then those in the text. It tolerates plurals, not typos: results of similar words
 * would hide that nothing was found, and reveal words of documents that the reader cannot read.
 */
export class WordSearchEngine implements SearchEngine {
  readonly #indexes = new Map<string, IndexedDocument[]>();
  readonly #tags = createTags();

  /** Rejects translators, because the engine has no query language of its own. */
  setTranslator(): void {
    throw new Error('The word search engine does not support translators.');
  }

  /** Returns an indexer that replaces the documents of a type, also with none. */
  async getIndexer(type: string): Promise<WordIndexer> {
    return new WordIndexer(documents => this.#indexes.set(type, documents));
  }

  /** @throws MissingIndexError if none of the requested types is indexed yet */
  async query({
    filters = {},
    pageCursor,
    pageLimit: pageSize = defaultPageSize,
    term,
    types = [...this.#indexes.keys()],
  }: SearchQuery): Promise<IndexableResultSet> {
    const indexed = types.filter(type => this.#indexes.has(type));
    if (types.length > 0 && indexed.length === 0)
      throw new MissingIndexError(
        `No documents of type ${types.join(
          ', ',
        )} are indexed yet. Search again in a few seconds.`,
      );
    const words = parseTerm(term);
    const found = indexed
      .flatMap(type =>
        this.#indexes.get(type)!.flatMap(entry => {
          const { document } = entry;
          if (!matchesFilters(document, filters)) return [];
          const relevance = entry.relevance(words);
          return relevance === undefined ? [] : { type, document, relevance };
        }),
      )
      .sort((one, other) => other.relevance - one.relevance);
    const page = pageOf(pageCursor);
    const offset = page * pageSize;
    return {
      results: found
        .slice(offset, offset + pageSize)
        .map(({ document, type }, position) => ({
          type,
          document,
          rank: offset + position + 1,
          highlight: highlight(document, words, this.#tags),
        })),
      numberOfResults: found.length,
      nextPageCursor:
        found.length > offset + pageSize ? cursorOf(page + 1) : undefined,
      previousPageCursor: page > 0 ? cursorOf(page - 1) : undefined,
    };
  }
}

/** Creates tags that no text of a document contains. */
function createTags() {
  const id = randomUUID();
  return { preTag: `<${id}>`, postTag: `</${id}>` };
}

/** Whether each field of a filter has its value, or one of its values, in a document. */
function matchesFilters(
  document: IndexableDocument,
  filters: NonNullable<SearchQuery['filters']>,
): boolean {
  return Object.entries(filters).every(([field, wanted]) => {
    const value = (document as unknown as Record<string, unknown>)[field];
    return [wanted].flat().some(one => one === value);
  });
}

function pageOf(cursor: string | undefined): number {
  return cursor ? Number(Buffer.from(cursor, 'base64').toString()) : 0;
}

function cursorOf(page: number): string {
  return Buffer.from(`${page}`).toString('base64');
}
