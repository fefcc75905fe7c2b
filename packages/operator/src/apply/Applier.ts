import {
  applyIfChanged,
  isNotFound,
  keyOf,
  type Desired,
  type KubeClient,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Caches } from '../cache';
import { fieldManager, hashAnnotation } from '../names';
import { wasMade } from './wasMade';

/** Makes and removes the objects that belong to tenants and apps, and no others. */
export class Applier {
  readonly #client: KubeClient;
  readonly #caches: Caches;

  constructor(client: KubeClient, caches: Caches) {
    this.#client = client;
    this.#caches = caches;
  }

  /**
   * Makes the objects so, one after the other; writes only what differs.
   *
   * @throws ForeignObjectError when one of the names is taken by an object of somebody else
   */
  async apply(desired: Desired[], signal: AbortSignal): Promise<void> {
    for (const object of desired) {
      const informer = this.#informerOf(object.kind);
      const { name, namespace } = object.metadata;
      await applyIfChanged(this.#client.resource(informer.type), object, {
        cached: informer.get(name, namespace),
        fieldManager,
        hashAnnotation,
        isOurs: live => hasSameOwner(live, object),
        signal,
      });
    }
  }

  /** Deletes those of the objects that the operator made. */
  async remove(objects: KubeObject[], signal: AbortSignal): Promise<void> {
    await this.discard(objects.filter(wasMade), signal);
  }

  /**
   * Deletes objects whoever made them, such as code bundles that were handed over; not those that
   * are going already, and each only if it is still the same one.
   */
  async discard(objects: KubeObject[], signal: AbortSignal): Promise<void> {
    for (const object of objects) {
      const { name, namespace, uid, deletionTimestamp } = object.metadata;
      if (deletionTimestamp) continue;
      const resource = this.#client.resource(
        this.#informerOf(object.kind).type,
      );
      try {
        await resource.delete(name, { namespace, uid, signal });
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    }
  }

  /** Deletes those of the existing objects that the operator made and that are not wanted any more. */
  async prune(
    existing: KubeObject[],
    wanted: KubeObject[],
    signal: AbortSignal,
  ): Promise<void> {
    const keep = new Set(wanted.map(identityOf));
    const surplus = existing.filter(object => !keep.has(identityOf(object)));
    await this.remove(surplus, signal);
  }

  #informerOf(kind: string) {
    const informer = this.#caches.children[kind];
    if (!informer)
      throw new Error(`The operator does not make objects of kind ${kind}`);
    return informer;
  }
}

function identityOf(object: KubeObject): string {
  return `${object.kind} ${keyOf(object)}`;
}

function hasSameOwner(live: KubeObject, desired: KubeObject): boolean {
  return [labels.managedBy, labels.tenant, labels.app].every(
    label => live.metadata.labels?.[label] === desired.metadata.labels?.[label],
  );
}
