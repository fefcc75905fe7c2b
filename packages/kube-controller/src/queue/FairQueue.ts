/**
 * Queue of keys that serves shards in turn (round robin): a shard with a thousand keys delays another one by
 * one key at most. Within a shard, keys are first in, first out.
 */
export class FairQueue {
  readonly #shardOf: (key: string) => string;
  /** Shards in the order in which they are served. */
  readonly #shards = new Map<string, Set<string>>();

  constructor(shardOf: (key: string) => string) {
    this.#shardOf = shardOf;
  }

  add(key: string): void {
    const shard = this.#shardOf(key);
    const keys = this.#shards.get(shard);
    if (keys) keys.add(key);
    else this.#shards.set(shard, new Set([key]));
  }

  delete(key: string): boolean {
    const shard = this.#shardOf(key);
    const keys = this.#shards.get(shard);
    const was = keys?.delete(key) ?? false;
    if (keys?.size === 0) this.#shards.delete(shard);
    return was;
  }

  /**
   * Returns the next key; its shard moves behind the others.
   *
   * @param isOpen - whether a shard can be served now
   */
  take(isOpen: (shard: string) => boolean = () => true): string | undefined {
    for (const [shard, keys] of this.#shards) {
      if (!isOpen(shard)) continue;
      const [key] = keys;
      keys.delete(key);
      this.#shards.delete(shard);
      if (keys.size > 0) this.#shards.set(shard, keys);
      return key;
    }
    return undefined;
  }
}
