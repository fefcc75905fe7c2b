import type { KubeClient } from './KubeClient';

/** An access right in the terms of RBAC. @public */
export interface AccessRight {
  verb: string;
  /** Empty for the core group. */
  group: string;
  /** Plural, with a subresource after a slash: `pods/log`. */
  resource: string;
  /** All namespaces when absent. */
  namespace?: string;
  /** All objects when absent. */
  name?: string;
}

/**
 * Whether the identity of a client has a right, as in `kubectl auth can-i`
 * (SelfSubjectAccessReview).
 *
 * @param options - `timeout` in milliseconds
 * @public
 */
export async function canI(
  client: KubeClient,
  { resource, ...rest }: AccessRight,
  options: { timeout?: number } = {},
): Promise<boolean> {
  const [plural, subresource] = resource.split('/');
  const { status } = await client.request<{ status: { allowed: boolean } }>({
    ...options,
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: { ...rest, resource: plural, subresource },
      },
    },
  });
  return status.allowed;
}
