import type { Desired } from '../client';
import { isNotFound } from '../errors';
import type { Informer } from '../informer';
import { keyOf, type KubeObject } from '../objects';
import { applyIfChanged } from './applyIfChanged';
import { withAnnotation } from './withAnnotation';

/** Options of {@link Applier}. */
export interface ApplierOptions {
  /** Copies of the kinds that may be written. */
  informers: Informer<any>[];
  fieldManager: string;
  /** See {@link ApplyIfChangedOptions.hashAnnotation}. */
  hashAnnotation: string;
  /** Annotation that remembers the owner. */
  ownerAnnotation: string;
  /** Whose object it is by its labels, `undefined` when nobody's that we know. */
  ownerOf: (object: KubeObject) => string | undefined;
}

/** Makes and removes the children of an object, with as few calls as possible. */
export class Applier {
  readonly #options: ApplierOptions;
  readonly #informers: Map<string, Informer<any>>;

  constructor(options: ApplierOptions) {
    this.#options = options;
    this.#informers = new Map(
      options.informers.map(informer => [kindOf(informer.type), informer]),
    );
  }

  /**
   * Makes objects so that do not need each other, side by side; writes only what differs.
   *
   * @throws ForeignObjectError when one of the names is taken by an object of somebody else;
   * whatever goes wrong first, after all were tried
   */
  async apply(desired: Desired[], signal?: AbortSignal): Promise<void> {
    await settleAll(desired.map(object => this.#apply(object, signal)));
  }

  /**
   * Deletes objects, each only if it is still the same one (uid precondition) and not going
   * already.
   */
  async remove(objects: KubeObject[], signal?: AbortSignal): Promise<void> {
    const staying = objects.filter(
      ({ metadata }) => !metadata.deletionTimestamp,
    );
    await settleAll(staying.map(object => this.#remove(object, signal)));
  }

  /** Deletes those of the existing objects that are not wanted any more. */
  async prune(
    existing: KubeObject[],
    wanted: KubeObject[],
    signal?: AbortSignal,
  ): Promise<void> {
    const keep = new Set(wanted.map(identityOf));
    const surplus = existing.filter(object => !keep.has(identityOf(object)));
    await this.remove(surplus, signal);
  }

  async #apply(desired: Desired, signal?: AbortSignal): Promise<void> {
    const { fieldManager, hashAnnotation, ownerAnnotation, ownerOf } =
      this.#options;
    const owner = ownerOf(desired);
    if (owner === undefined)
      throw new Error(`${identityOf(desired)} names no owner`);
    const object = withAnnotation(desired, ownerAnnotation, owner);
    await applyIfChanged(this.#informerOf(desired), object, {
      fieldManager,
      hashAnnotation,
      // Two marks, so that somebody who changes one of them does not take the object away.
      isOurs: (live: KubeObject) =>
        live.metadata.annotations?.[ownerAnnotation] === owner ||
        ownerOf(live) === owner,
      signal,
    });
  }

  async #remove(object: KubeObject, signal?: AbortSignal): Promise<void> {
    const { name, namespace, uid } = object.metadata;
    try {
      const { resource } = this.#informerOf(object);
      await resource.delete(name, { namespace, uid, signal });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  #informerOf(object: KubeObject): Informer<any> {
    const kind = kindOf(object);
    const informer = this.#informers.get(kind);
    if (!informer) throw new Error(`There is no informer for ${kind}`);
    return informer;
  }
}

/** Kind with its group; its version says nothing about which object it is. */
function kindOf({
  apiVersion = '',
  kind = '',
}: {
  apiVersion?: string;
  kind?: string;
}): string {
  const [group] = apiVersion.split('/');
  return apiVersion.includes('/') ? `${kind}.${group}` : kind;
}

function identityOf(object: KubeObject): string {
  return `${kindOf(object)} ${keyOf(object)}`;
}

/** Waits for all, so that nothing goes on unseen, and throws what went wrong first in the row. */
async function settleAll(promises: Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(promises);
  for (const result of results)
    if (result.status === 'rejected') throw result.reason;
}
