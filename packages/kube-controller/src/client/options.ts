import type { KubeObject } from '../objects';

/** Selects objects of a kind. @public */
export interface Selection {
  /** All namespaces when absent. */
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** Reads only `metadata` of the objects. */
  metadataOnly?: boolean;
  signal?: AbortSignal;
}

/** Selects the objects of a watch, and the version after which it starts. @public */
export interface WatchSelection extends Selection {
  /** Version after which the watch starts. */
  resourceVersion?: string;
  /**
   * Starts with an `ADDED` frame for each existing object, ended by a bookmark with the annotation
   * `k8s.io/initial-events-end` (KEP-3157).
   */
  sendInitialEvents?: boolean;
  /** Seconds after which the server closes the watch. */
  timeoutSeconds?: number;
  onOpen?: () => void;
}

/** One page of a list. @public */
export interface Page<T> {
  items: T[];
  /** Version of the collection, from which a watch can start. */
  resourceVersion: string;
}

/** Writer by whose name the API server tracks the ownership of fields. @public */
export interface WriteOptions {
  fieldManager?: string;
  /** Validates without writing. */
  dryRun?: boolean;
  signal?: AbortSignal;
}

/** Options of server-side apply. @public */
export interface ApplyOptions extends WriteOptions {
  fieldManager: string;
  /** Takes ownership of fields from other managers. */
  force?: boolean;
}

/** Location of an object. @public */
export interface ObjectOptions {
  namespace?: string;
  signal?: AbortSignal;
}

/** Options of a patch. @public */
export interface PatchOptions extends WriteOptions {
  namespace?: string;
  /** Patches only this version of the object; otherwise fails with Conflict. */
  resourceVersion?: string;
}

/** Options of a deletion. @public */
export interface DeleteOptions extends ObjectOptions {
  /** Deletes only the object with this uid, not a later one of the same name. */
  uid?: string;
  /** Deletes only this version of the object; otherwise fails with Conflict. */
  resourceVersion?: string;
}

/** Any JSON object. @public */
export type JsonObject = Record<string, unknown>;
/** Object for server-side apply with the fields that the caller wants to own. @public */
export type Desired = KubeObject & JsonObject;
