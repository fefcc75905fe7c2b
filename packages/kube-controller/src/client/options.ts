import type { KubeObject } from '../objects';

/** Which objects of a kind. */
export interface Selection {
  /** All namespaces when absent. */
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** Reads only `metadata` of the objects. */
  metadataOnly?: boolean;
  signal?: AbortSignal;
}

/** What to watch, and from where on. */
export interface WatchSelection extends Selection {
  /** Version after which the watch begins. */
  resourceVersion?: string;
  /**
   * Begins with an `ADDED` frame for each object there is, ended by a bookmark with the annotation
   * `k8s.io/initial-events-end` (KEP-3157).
   */
  sendInitialEvents?: boolean;
  /** Seconds after which the server shall close the watch. */
  timeoutSeconds?: number;
  onOpen?: () => void;
}

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** Version of the collection, from which a watch goes on. */
  resourceVersion: string;
}

/** Who writes; by it the API server keeps the owners of fields. */
export interface WriteOptions {
  fieldManager?: string;
  /** Checks without writing. */
  dryRun?: boolean;
  signal?: AbortSignal;
}

/** Options of server-side apply. */
export interface ApplyOptions extends WriteOptions {
  fieldManager: string;
  /** Takes fields over that other managers own. */
  force?: boolean;
}

/** Where an object is. */
export interface ObjectOptions {
  namespace?: string;
  signal?: AbortSignal;
}

/** Options of a patch. */
export interface PatchOptions extends WriteOptions {
  namespace?: string;
  /** Patches only when the object still has this version; refused with Conflict otherwise. */
  resourceVersion?: string;
}

/** Options of a deletion. */
export interface DeleteOptions extends ObjectOptions {
  /** Deletes only this very object, not a later one of the same name. */
  uid?: string;
  propagation?: 'Foreground' | 'Background' | 'Orphan';
}

/** Any JSON object. */
export type JsonObject = Record<string, unknown>;
/** What is sent to server-side apply: the fields that the caller wants to own. */
export type Desired = KubeObject & JsonObject;
