import {
  resourcePath,
  type KubeObject,
  type ResourceAddress,
  type ResourceType,
} from '../objects';
import type { KubeClient } from './KubeClient';
import type {
  ApplyOptions,
  DeleteOptions,
  Desired,
  JsonObject,
  ObjectOptions,
  Page,
  PatchOptions,
  Selection,
  WatchSelection,
  WriteOptions,
} from './options';
import { readWatchFrames, type WatchFrame } from './watchFrames';

const pageSize = 500;
const acceptMetadata = (kind: string) => ({
  accept: `application/json;as=${kind};g=meta.k8s.io;v=v1, application/json`,
});
const mergePatch = 'application/merge-patch+json';
// JSON is YAML; Kubernetes before 1.34 accepts apply only under the YAML media type.
const applyPatch = 'application/apply-patch+yaml';

/** Typed access to one kind. All methods throw KubeApiError and KubeConnectionError. @public */
export class ResourceClient<T extends KubeObject> {
  readonly type: ResourceType<T>;
  readonly #client: KubeClient;
  readonly #onWritten: ((object: T) => T) | undefined;

  /**
   * @param onWritten - receives each object that a write returned, and returns the object for the
   * caller
   */
  constructor(
    client: KubeClient,
    type: ResourceType<T>,
    onWritten?: (object: T) => T,
  ) {
    this.#client = client;
    this.type = type;
    this.#onWritten = onWritten;
  }

  /** Reads one object. */
  get(name: string, { namespace, signal }: ObjectOptions = {}): Promise<T> {
    return this.#client.request<T>({
      path: this.#path({ name, namespace }),
      signal,
    });
  }

  /** Reads all objects of a selection, page by page. */
  async list(selection: Selection = {}): Promise<T[]> {
    const items: T[] = [];
    for await (const page of this.pages(selection)) items.push(...page.items);
    return items;
  }

  /** Reads a selection in pages of at most `limit` objects (500 when absent). */
  async *pages(
    selection: Selection & { limit?: number } = {},
  ): AsyncGenerator<Page<T>> {
    const {
      namespace,
      labelSelector,
      fieldSelector,
      signal,
      metadataOnly,
      limit = pageSize,
    } = selection;
    const { apiVersion, kind } = this.type;
    let next: string | undefined;
    do {
      const { items, metadata } = await this.#client.request<{
        items: T[] | null;
        metadata: { resourceVersion: string; continue?: string };
      }>({
        path: this.#path({ namespace }),
        query: { labelSelector, fieldSelector, limit, continue: next },
        headers: metadataOnly
          ? acceptMetadata('PartialObjectMetadataList')
          : {},
        signal,
      });
      next = metadata.continue || undefined;
      yield {
        items: (items ?? []).map(item => ({ ...item, apiVersion, kind })),
        resourceVersion: metadata.resourceVersion,
      };
    } while (next);
  }

  /**
   * Watches a selection until the server closes the watch. Calls `onOpen` when the server has
   * accepted it, which can be long before the first frame.
   *
   * @throws WatchFrameError when a frame is invalid
   */
  async *watch(selection: WatchSelection): AsyncGenerator<WatchFrame<T>> {
    const { namespace, onOpen, signal, metadataOnly, ...query } = selection;
    const { sendInitialEvents } = query;
    const { body } = await this.#client.stream({
      path: this.#path({ namespace }),
      query: {
        ...query,
        watch: true,
        allowWatchBookmarks: true,
        ...(sendInitialEvents && { resourceVersionMatch: 'NotOlderThan' }),
      },
      headers: metadataOnly ? acceptMetadata('PartialObjectMetadata') : {},
      signal,
    });
    onOpen?.();
    for await (const frame of readWatchFrames<T>(body)) {
      if (metadataOnly && frame.type !== 'ERROR') {
        const { apiVersion, kind } = this.type;
        Object.assign(frame.object, { apiVersion, kind });
      }
      yield frame;
    }
  }

  /** Creates an object. */
  create(object: T | Desired, options: WriteOptions = {}): Promise<T> {
    const { namespace } = object.metadata;
    return this.#write('POST', { namespace }, object, options);
  }

  /** Replaces an object; with its `resourceVersion` only if it was not changed meanwhile. */
  replace(object: T, options: WriteOptions = {}): Promise<T> {
    return this.#write('PUT', object.metadata, object, options);
  }

  /** Server-side apply: creates the object or sets the given fields. */
  apply(object: Desired, options: ApplyOptions): Promise<T> {
    return this.#apply(object, options);
  }

  /** Server-side apply of the status. */
  applyStatus(object: Desired, options: ApplyOptions): Promise<T> {
    return this.#apply(object, options, 'status');
  }

  /** Merge patch (RFC 7386); `null` removes a field. */
  patch(
    name: string,
    patch: JsonObject,
    options: PatchOptions = {},
  ): Promise<T> {
    return this.#patch({ name, namespace: options.namespace }, patch, options);
  }

  /** Merge patch of the status; `patch` is the content of `status`. */
  patchStatus(
    name: string,
    patch: JsonObject,
    options: PatchOptions = {},
  ): Promise<T> {
    const { namespace } = options;
    return this.#patch(
      { name, namespace, subresource: 'status' },
      { status: patch },
      options,
    );
  }

  /** Deletes an object; it exists until its finalizers are removed. */
  async delete(
    name: string,
    { namespace, uid, resourceVersion, signal }: DeleteOptions = {},
  ): Promise<void> {
    await this.#client.request({
      method: 'DELETE',
      path: this.#path({ name, namespace }),
      body: {
        propagationPolicy: 'Background',
        preconditions: { uid, resourceVersion },
      },
      signal,
    });
  }

  #patch(
    address: ResourceAddress,
    patch: JsonObject,
    { resourceVersion, ...options }: PatchOptions,
  ): Promise<T> {
    const body = resourceVersion
      ? {
          ...patch,
          metadata: { ...(patch.metadata as object), resourceVersion },
        }
      : patch;
    return this.#write('PATCH', address, body, options, mergePatch);
  }

  #apply(
    object: Desired,
    options: ApplyOptions,
    subresource?: string,
  ): Promise<T> {
    const { name, namespace } = object.metadata;
    const address = { name, namespace, subresource };
    return this.#write('PATCH', address, object, options, applyPatch);
  }

  async #write(
    method: 'POST' | 'PUT' | 'PATCH',
    address: ResourceAddress,
    body: unknown,
    { fieldManager, dryRun, signal, force }: WriteOptions & { force?: boolean },
    contentType?: string,
  ): Promise<T> {
    const object = await this.#client.request<T>({
      method,
      path: this.#path(address),
      query: {
        fieldManager,
        force,
        dryRun: dryRun ? 'All' : undefined,
        fieldValidation: this.#client.fieldValidation,
      },
      body,
      contentType,
      signal,
    });
    return dryRun ? object : this.#onWritten?.(object) ?? object;
  }

  #path({ name, namespace, subresource }: ResourceAddress): string {
    return resourcePath(this.type, { name, namespace, subresource });
  }
}
