import type { Deployment, Pod } from '@bailiwick/backstage-kube-controller';
import { readHealth, type PreviousHealth } from '../readHealth';
import type { HealthInputs } from '../readRollout';

const start = Date.parse('2026-11-20T08:00:00Z');
/** The instant so many seconds after the start. */
export const at = (seconds: number) => new Date(start + seconds * 1000);
/** The same as Kubernetes writes it. */
export const told = (seconds: number) => at(seconds).toISOString();

/** A Deployment of one pod that Kubernetes has observed, by default. */
export function deployment(
  ready: number,
  { updated = 1, all = 1, replicas = 1, conditions = [] as object[] } = {},
) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'prices', generation: 2 },
    spec: { replicas },
    status: {
      observedGeneration: 2,
      replicas: all,
      updatedReplicas: updated,
      readyReplicas: ready,
      conditions,
    },
  } as Deployment;
}

/** A pod that its node took at the start, and how it has been since. */
export function pod(
  name: string,
  {
    ready = false,
    changed = 0,
    born = 0,
    kind = 'new',
    restarts = 0,
    state = { running: { startedAt: told(1) } } as object,
    lastState = undefined as object | undefined,
    conditions = [
      { type: 'PodScheduled', status: 'True', lastTransitionTime: told(0) },
    ] as object[],
  } = {},
): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid: name,
      labels: { 'pod-template-hash': kind },
      creationTimestamp: told(born),
    },
    spec: {
      nodeName: 'one',
      containers: [{ name: 'app', image: 'registry.test/python:1' }],
    },
    status: {
      phase: 'Running',
      conditions: [
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          lastTransitionTime: told(changed),
        },
        ...conditions,
      ] as never,
      containerStatuses: [
        { name: 'app', ready, restartCount: restarts, state, lastState },
      ],
    },
  };
}

/** Returns the previous status, set a number of seconds ago. */
export const before = (
  health: PreviousHealth['health'],
  why = 'So it was.',
  { since = 0, ready = 1 } = {},
): PreviousHealth => ({
  health,
  why,
  since: told(since),
  pods: { ready, desired: 1 },
});

/** Returns the status at a second of these signals. */
export function said(
  signs: Partial<HealthInputs> & { pods: Pod[] },
  seconds: number,
  previous?: PreviousHealth,
) {
  const all = { deployment: deployment(0), answers: new Map(), ...signs };
  const { recheckAfter, report } = readHealth(all, previous, at(seconds));
  return { ...report, recheckAfter: recheckAfter && recheckAfter / 1000 };
}

/** The state of a container that ended at a second, after one second. */
export const ended = (finished: number, changes: object = {}) => ({
  terminated: {
    exitCode: 1,
    message: 'Traceback\nNameError: name x is not defined',
    startedAt: told(finished - 1),
    finishedAt: told(finished),
    ...changes,
  },
});
/** A container that ended twice. */
export const loop = {
  state: { waiting: { reason: 'CrashLoopBackOff' } },
  lastState: ended(9),
  restarts: 1,
};
/** Expected description of {@link ended}. */
export const crashed =
  'The app exited right after start (exit code 1): NameError: name x is not defined';
