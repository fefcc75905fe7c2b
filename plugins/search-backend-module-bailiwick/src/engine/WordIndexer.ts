import { BatchSearchEngineIndexer } from '@backstage/plugin-search-backend-node';
import type { IndexableDocument } from '@backstage/plugin-search-common';
import { IndexedDocument } from './IndexedDocument';

const batchSize = 1_000;

/** Collects the documents of one type, and hands them over once all have arrived. */
export class WordIndexer extends BatchSearchEngineIndexer {
  readonly #documents: IndexedDocument[] = [];
  readonly #onComplete: (documents: IndexedDocument[]) => void;

  /** @param onComplete - not called if the collator or a decorator fails */
  constructor(onComplete: (documents: IndexedDocument[]) => void) {
    super({ batchSize });
    this.#onComplete = onComplete;
  }

  async initialize(): Promise<void> {}

  async index(documents: IndexableDocument[]): Promise<void> {
    for (const document of documents)
      this.#documents.push(new IndexedDocument(document));
  }

  async finalize(): Promise<void> {
    this.#onComplete(this.#documents);
  }
}
