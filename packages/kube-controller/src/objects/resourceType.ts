import { KubeApiError } from '../errors';
import type { KubeObject } from './object';

/** Group, version and path of a kind. @public */
export interface ResourceType<T extends KubeObject = KubeObject> {
  /** Group and version, `v1` or `apps/v1`. */
  apiVersion: string;
  kind: string;
  /** Lower-case plural, as in the path. */
  plural: string;
  scope: 'Cluster' | 'Namespaced';
  /** Never set; it carries the object's type, so that clients and informers infer it. */
  readonly objectType?: T;
}

/** Address of an object or its subresource. @public */
export interface ResourceAddress {
  name?: string;
  namespace?: string;
  /** Such as `status` or `log`. */
  subresource?: string;
}

/** Empty names and dot segments, which would change the path. */
const step = /^\.{0,2}$/;

/**
 * Returns the path of a collection, an object or its subresource on the API server.
 *
 * @throws Error when a namespaced object is addressed without its namespace
 * @throws KubeApiError (NotFound) for an impossible name that would change the path
 * @public
 */
export function resourcePath(
  type: ResourceType,
  { name, namespace, subresource }: ResourceAddress = {},
): string {
  const { apiVersion, scope, plural, kind } = type;
  for (const one of [name, namespace])
    if (one !== undefined && step.test(one))
      throw new KubeApiError(404, {
        reason: 'NotFound',
        message: `No ${kind} is served at "${namespace ?? ''}/${name ?? ''}"`,
      });
  if (scope === 'Namespaced' && name && !namespace) {
    throw new Error(`The ${kind} "${name}" requires a namespace`);
  }
  const parts = [apiVersion.includes('/') ? 'apis' : 'api', apiVersion];
  if (scope === 'Namespaced' && namespace) {
    parts.push('namespaces', encodeURIComponent(namespace));
  }
  parts.push(plural);
  if (name) parts.push(encodeURIComponent(name));
  if (subresource) parts.push(subresource);
  return `/${parts.join('/')}`;
}
