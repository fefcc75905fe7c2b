import type { Desired } from '../client';
import { ignoreNotFound } from '../errors';
import type { Informer } from '../informer';
import { keyOf, type KubeObject } from '../objects';
import { applyIfChanged } from './applyIfChanged';
import { withAnnotation } from './withAnnotation';

/** Options of {@link Applier}. @public */
export interface ApplierOptions {
  /** Informers of the kinds that may be written. */
  informers: Informer<any>[];
  fieldManager: string;
  /** See {@link ApplyIfChangedOptions.hashAnnotation}. */
  hashAnnotation: string;
  /** Annotation with the owner of an object. */
  ownerAnnotation: string;
  /** Returns the owner of an object by its labels, `undefined` when it is foreign. */
  ownerOf: (object: KubeObject) => string | undefined;
}

/** Applies and deletes the children of an object with as few calls as possible. @public */
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
   * Applies independent objects concurrently; writes only differences.
   *
   * @throws ForeignObjectError when a foreign object has a name; the first error, after all objects were tried
   */
  async apply(desired: Desired[], signal?: AbortSignal): Promise<void> {
    await settleAll(desired.map(object => this.#apply(object, signal)));
  }

  /** Deletes objects that are not being deleted, with their uid as precondition. */
  async remove(objects: KubeObject[], signal?: AbortSignal): Promise<void> {
    const staying = objects.filter(
      ({ metadata }) => !metadata.deletionTimestamp,
    );
    await settleAll(staying.map(object => this.#remove(object, signal)));
  }

  /** Deletes the existing objects that are not wanted. */
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
      // Either mark suffices, so that changing one of them does not orphan the object.
      isOurs: (live: KubeObject) =>
        live.metadata.annotations?.[ownerAnnotation] === owner ||
        ownerOf(live) === owner,
      signal,
    });
  }

  async #remove(object: KubeObject, signal?: AbortSignal): Promise<void> {
    const { name, namespace, uid } = object.metadata;
    const { resource } = this.#informerOf(object);
    await resource
      .delete(name, { namespace, uid, signal })
      .catch(ignoreNotFound);
  }

  #informerOf(object: KubeObject): Informer<any> {
    const kind = kindOf(object);
    const informer = this.#informers.get(kind);
    if (!informer) throw new Error(`No informer watches ${kind}`);
    return informer;
  }
}

/** Returns the kind with its group; the version does not identify an object. */
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

/** Waits for all promises, then throws the first error in their order. */
async function settleAll(promises: Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(promises);
  for (const result of results)
    if (result.status === 'rejected') throw result.reason;
}
