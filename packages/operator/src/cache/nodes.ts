// Pods and their nodes.
import type { Node, Pod } from '@bailiwick/backstage-kube-controller';
import type { Caches } from './Caches';

/** Returns the node of a pod, `undefined` for a pod without one. */
export function nodeOf(
  { nodes }: Pick<Caches, 'nodes'>,
  { spec }: Pod,
): Node | undefined {
  return spec?.nodeName ? nodes.get(spec.nodeName) : undefined;
}

/** Returns the pods of apps on a node. */
export function podsOn(
  { pods }: Pick<Caches, 'pods'>,
  { metadata }: Node,
): Pod[] {
  return pods.list().filter(({ spec }) => spec?.nodeName === metadata.name);
}
