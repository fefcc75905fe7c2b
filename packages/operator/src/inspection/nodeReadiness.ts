// Which nodes of a cluster Kubernetes does not hear from, or that call themselves not ready.
import type {
  Change,
  ConditionState,
  Node,
} from '@bailiwick/backstage-kube-controller';

/** State of a condition. */
type Readiness = Pick<ConditionState, 'status' | 'reason' | 'message'>;

/** Maximum number of nodes that a message names. */
const maxNamed = 3;

/** Why pods on a node are not known to work. */
export interface NodeProblem {
  node: string;
  /** Whether the kubelet still reports, and reports that the node is not ready. */
  isReporting: boolean;
  /** When Kubernetes noticed, RFC 3339. */
  since?: string;
  /** Message of the kubelet or of Kubernetes. */
  message: string;
}

/** Returns why a node is not ready; `undefined` for a ready node. */
export function nodeProblem({
  metadata,
  status,
}: Node): NodeProblem | undefined {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.status === 'True') return undefined;
  return {
    node: metadata.name,
    isReporting: ready?.status === 'False',
    since: ready?.lastTransitionTime,
    message: ready?.message ?? '',
  };
}

/** Returns the state of `NodesReady` of a cluster with these nodes. */
export function nodesReadiness(nodes: Node[]): Readiness {
  if (nodes.length === 0)
    return {
      status: 'Unknown',
      reason: 'NoNodes',
      message: 'The cluster has no nodes',
    };
  const problems = nodes.flatMap(node => nodeProblem(node) ?? []);
  if (problems.length === 0)
    return {
      status: 'True',
      reason: 'NodesReady',
      message:
        nodes.length === 1
          ? 'The node is ready'
          : `All ${nodes.length} nodes are ready`,
    };
  const named = problems.slice(0, maxNamed).map(describe);
  const others = problems.length - named.length;
  return {
    status: problems.some(({ isReporting }) => isReporting)
      ? 'False'
      : 'Unknown',
    reason: 'NodeNotReady',
    message: [
      ...named,
      ...(others === 1 ? ['1 more node is not ready'] : []),
      ...(others > 1 ? [`${others} more nodes are not ready`] : []),
    ].join('; '),
  };
}

/** Whether a node became ready or unready, or was added or deleted. */
export function hasChangedReadiness({
  object,
  previous,
  type,
}: Change<Node>): boolean {
  return (
    type === 'deleted' ||
    previous === undefined ||
    readinessKey(object) !== readinessKey(previous)
  );
}

/** Identifies the readiness of a node; messages are left out, as kubelets write durations that grow into them. */
function readinessKey(node: Node): string {
  const { isReporting, since } = nodeProblem(node) ?? {};
  return `${isReporting} ${since}`;
}

function describe({ isReporting, message, node, since }: NodeProblem): string {
  return isReporting
    ? `Node ${node} has not been ready since ${since}: ${message}`
    : `Node ${node} is not reporting${since ? ` (noticed at ${since})` : ''}`;
}
