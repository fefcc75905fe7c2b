/** Reference from an object to the one that owns it. @public */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** Object metadata as the API server returns it; times are RFC 3339 strings. @public */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
}

/** Common fields of Kubernetes objects. @public */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/**
 * Returns the key of an object in stores and queues: `<namespace>/<name>`, or the name alone when
 * cluster-scoped.
 *
 * @public
 */
export function keyOf(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return toKey(name, namespace);
}

/** Builds a key from its parts, see {@link keyOf}. @public */
export function toKey(name: string, namespace?: string): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** Splits a key into its parts, see {@link keyOf}. @public */
export function fromKey(key: string): { name: string; namespace?: string } {
  const slash = key.indexOf('/');
  return slash < 0
    ? { name: key }
    : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
