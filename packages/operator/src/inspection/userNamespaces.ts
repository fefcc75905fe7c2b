import type { Node } from '@bailiwick/backstage-kube-controller';

/**
 * Determines whether pods can have user namespaces on every node that runs pods, as a pod with one
 * does not start elsewhere (Kubernetes documentation, "User Namespaces").
 *
 * @returns `undefined` while no node is known, such as in a cluster that is scaled to zero
 */
export function supportsUserNamespaces(nodes: Node[]): boolean | undefined {
  const known = nodes.filter(runsPods);
  if (known.length === 0) return undefined;
  return known.every(({ status }) =>
    status?.runtimeHandlers?.some(
      ({ features, name = '' }) => name === '' && features?.userNamespaces,
    ),
  );
}

/** A node that has just joined reports its runtime a moment later; a node that is away keeps it. */
function runsPods({
  status: { conditions = [], runtimeHandlers } = {},
}: Node): boolean {
  return (
    runtimeHandlers !== undefined ||
    conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
  );
}
