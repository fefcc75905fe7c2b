import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { createHash } from 'node:crypto';

/** An entity, and what tells it from an older one of the same name. */
export interface Described {
  ref: string;
  digest: string;
  entity: Entity;
}

interface Made {
  of: unknown[];
  described: Described[];
}

/**
 * Entities by the object that they are made of. They are made anew only when that object, or something else
 * that goes into them, is another one than before.
 */
export class Remembered {
  readonly #made = new WeakMap<object, Made>();

  /**
   * @param source - the object
   * @param others - what else goes into the entities, compared by identity
   */
  of(source: object, others: unknown[], make: () => Entity[]): Described[] {
    const known = this.#made.get(source);
    if (known && known.of.every((one, index) => one === others[index]))
      return known.described;
    const described = make().map(describe);
    this.#made.set(source, { of: others, described });
    return described;
  }
}

/** An entity with its reference and its digest. */
export function describe(entity: Entity): Described {
  return {
    ref: stringifyEntityRef(entity),
    digest: createHash('sha256')
      .update(JSON.stringify(entity))
      .digest('base64'),
    entity,
  };
}
