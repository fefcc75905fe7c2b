import { createHash } from 'node:crypto';

/** JSON arrays of rows, with their digest, which does not depend on where the arrays end. */
export class HashedRows implements AsyncIterable<string> {
  readonly #hash = createHash('sha256');
  readonly #load: () => Promise<AsyncIterable<string>>;
  readonly #onBytes: (size: number) => void;

  constructor(
    load: () => Promise<AsyncIterable<string>>,
    onBytes: (size: number) => void,
  ) {
    this.#load = load;
    this.#onBytes = onBytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for await (const array of await this.#load()) {
      this.#onBytes(Buffer.byteLength(array));
      this.#hash.update(array.slice(1, -1)).update(',');
      yield array;
    }
  }

  digest(): string {
    return this.#hash.digest('base64url');
  }
}
