import type {
  ContainerState,
  CoreCondition,
  Deployment,
  KubeObject,
  Node,
  Pod,
} from '@bailiwick/backstage-kube-controller';

/** Characters that are kept of a message. */
const mostWords = 300;

/** Reduces a Deployment, pod or node to the parts that health depends on, without names of the machine. */
export function trim(object: KubeObject): KubeObject {
  const { apiVersion, kind, metadata } = object;
  const { annotations, creationTimestamp, deletionTimestamp } = metadata;
  const { generation, labels, name, namespace, uid } = metadata;
  if (kind === 'Node') {
    const { conditions = [] } = (object as Node).status ?? {};
    const ready = conditions.filter(({ type }) => type === 'Ready');
    return {
      apiVersion,
      kind,
      metadata: { name, uid },
      status: { conditions: ready.map(trimCondition) },
    } as Node;
  }
  if (kind === 'Deployment') {
    const { spec, status = {} } = object as Deployment;
    return {
      apiVersion,
      kind,
      metadata: { name, namespace, uid, generation, labels },
      spec: {
        replicas: spec?.replicas,
        template: { metadata: spec?.template?.metadata },
      },
      status: { ...status, conditions: status.conditions?.map(trimCondition) },
    } as Deployment;
  }
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      uid,
      labels,
      annotations,
      creationTimestamp,
      deletionTimestamp,
    },
    ...trimPod(object as Pod),
  } as Pod;
}

function trimPod({ spec, status = {} }: Pod): Pick<Pod, 'spec' | 'status'> {
  const { conditions, containerStatuses, message, phase } = status;
  return {
    spec: {
      nodeName: spec?.nodeName,
      containers: (spec?.containers ?? []).map(({ image, name }) => ({
        name,
        image,
      })),
    },
    status: {
      phase,
      message: shorten(message),
      conditions: conditions
        ?.filter(({ type }) => type === 'Ready' || type === 'PodScheduled')
        .map(trimCondition),
      containerStatuses: containerStatuses?.map(
        ({ lastState, name, ready, restartCount, state }) => ({
          name,
          ready,
          restartCount,
          state: trimState(state),
          lastState: trimState(lastState),
        }),
      ),
    },
  };
}

function trimCondition({
  lastTransitionTime,
  message,
  reason,
  status,
  type,
}: CoreCondition): CoreCondition {
  return {
    type,
    status,
    reason,
    message: shorten(message),
    lastTransitionTime,
  };
}

function trimState(state: ContainerState = {}): ContainerState | undefined {
  const { running, terminated, waiting } = state;
  if (waiting)
    return {
      waiting: { reason: waiting.reason, message: shorten(waiting.message) },
    };
  if (running) return { running };
  if (!terminated) return undefined;
  const { exitCode, finishedAt, message, reason, startedAt } = terminated;
  // Its last words are at the end.
  const words = message?.slice(-mostWords);
  return {
    terminated: { exitCode, reason, message: words, startedAt, finishedAt },
  };
}

function shorten(text: string | undefined): string | undefined {
  return text?.slice(0, mostWords);
}
