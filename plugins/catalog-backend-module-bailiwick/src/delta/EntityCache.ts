import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { createHash } from 'node:crypto';

/** An entity with the digest that reveals a change. */
export interface EntityRecord {
  ref: string;
  digest: string;
  entity: Entity;
}

interface CacheEntry {
  inputs: unknown[];
  records: EntityRecord[];
}

/** Caches entities by their source object, and rebuilds them only when one of their inputs changed. */
export class EntityCache {
  readonly #entries = new WeakMap<object, CacheEntry>();

  /**
   * @param source - the object that the entities describe
   * @param inputs - further inputs of `build`, compared by identity
   */
  of(source: object, inputs: unknown[], build: () => Entity[]): EntityRecord[] {
    const known = this.#entries.get(source);
    if (known && known.inputs.every((one, index) => one === inputs[index]))
      return known.records;
    const records = build().map(toRecord);
    this.#entries.set(source, { inputs, records });
    return records;
  }
}

/** Returns an entity with its reference and its digest. */
export function toRecord(entity: Entity): EntityRecord {
  return {
    ref: stringifyEntityRef(entity),
    digest: createHash('sha256')
      .update(JSON.stringify(entity))
      .digest('base64'),
    entity,
  };
}
