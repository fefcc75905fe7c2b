import type { Node } from '@bailiwick/backstage-kube-controller';

/**
 * Determines whether pods can have user namespaces on every node that runs pods, as a pod with one
 * does not start elsewhere (Kubernetes documentation, "User Namespaces").
 *
 * @returns `false` while no node is known
 */
export function supportsUserNamespaces(nodes: Node[]): boolean {
  const known = nodes.filter(runsPods);
  return (
    known.length > 0 &&
    known.every(({ status }) =>
      status?.runtimeHandlers?.some(
        ({ features, name = '' }) => name === '' && features?.userNamespaces,
      ),
    )
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
