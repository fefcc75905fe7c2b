import type { Deployment, Pod } from '@bailiwick/backstage-kube-controller';
import { readHealth } from './readHealth';

function deployment(
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

function pod(
  name: string,
  {
    ready = false,
    state = {},
    lastState = undefined as object | undefined,
    conditions = [] as object[],
  } = {},
): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid: name,
      creationTimestamp: `2026-11-20T08:00:0${name.slice(-1)}Z`,
    },
    spec: { containers: [{ name: 'app', image: 'registry.test/python:1' }] },
    status: {
      phase: 'Running',
      conditions: [
        { type: 'Ready', status: ready ? 'True' : 'False' },
        ...conditions,
      ] as never,
      containerStatuses: [
        {
          name: 'app',
          ready,
          restartCount: lastState ? 1 : 0,
          state,
          lastState,
        },
      ],
    },
  };
}

const none = new Map();
const crash = {
  state: { waiting: { reason: 'CrashLoopBackOff' } },
  lastState: {
    terminated: {
      exitCode: 1,
      message: 'Traceback\nNameError: name x is not defined',
    },
  },
};

describe('readHealth', () => {
  it('is Healthy when all pods are of the current kind and ready', () => {
    expect(
      readHealth({
        deployment: deployment(1),
        pods: [pod('a1', { ready: true })],
        answers: none,
      }),
    ).toEqual({
      health: 'Healthy',
      why: 'The pod answers.',
      next: '',
    });
  });

  it('is Progressing while a new version replaces the old one', () => {
    const rolling = deployment(1, { updated: 1, all: 2 });
    const pods = [pod('a1', { ready: true }), pod('a2')];
    expect(
      readHealth({ deployment: rolling, pods, answers: none }).health,
    ).toBe('Progressing');
  });

  it('is Progressing before the Deployment was looked at', () => {
    const fresh = { ...deployment(1), status: {} };
    expect(readHealth({ deployment: fresh, pods: [], answers: none }).why).toBe(
      'Starting: 0 of 1 pods ready.',
    );
    expect(
      readHealth({ deployment: undefined, pods: [], answers: none }).health,
    ).toBe('Progressing');
  });

  it('is Suspended when no pods are wanted', () => {
    expect(
      readHealth({
        deployment: deployment(0, { replicas: 0 }),
        pods: [],
        answers: none,
      }).health,
    ).toBe('Suspended');
  });

  it('is Failed when nothing answers, and says what the code said', () => {
    expect(
      readHealth({
        deployment: deployment(0),
        pods: [pod('a1', crash)],
        answers: none,
      }),
    ).toEqual({
      health: 'Failed',
      why: 'The app ended right after its start (exit code 1): NameError: name x is not defined',
      next: 'Look at the log.',
    });
  });

  it('stays Failed while a crashed container is started again', () => {
    const again = pod('a1', {
      ...crash,
      state: { running: { startedAt: '2026-11-20T08:00:00Z' } },
    });
    expect(
      readHealth({ deployment: deployment(0), pods: [again], answers: none })
        .health,
    ).toBe('Failed');
  });

  it('is Degraded when old pods answer while the new ones cannot', () => {
    const pods = [pod('a1', { ready: true }), pod('a2', crash)];
    const report = readHealth({
      deployment: deployment(1, { all: 2 }),
      pods,
      answers: none,
    });
    expect(report.health).toBe('Degraded');
    expect(report.why).toMatch(/^Older pods still answer\. The app ended/);
  });

  it('takes the word of a pod that says why it is not ready', () => {
    const answers = new Map([
      ['a1', { why: 'The code could not be loaded: f.py:1: no', next: '' }],
    ]);
    expect(
      readHealth({ deployment: deployment(0), pods: [pod('a1')], answers }),
    ).toMatchObject({
      health: 'Failed',
      why: 'The code could not be loaded: f.py:1: no',
    });
  });

  it.each([
    [
      'an image that cannot be loaded',
      pod('a1', { state: { waiting: { reason: 'ImagePullBackOff' } } }),
      'The node cannot load the runtime image registry.test/python:1.',
    ],
    [
      'too little memory',
      pod('a1', {
        state: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      }),
      'The app used more memory than it may.',
    ],
    [
      'a full cluster',
      pod('a1', {
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/1 nodes are available: 1 Insufficient cpu. preemption',
          },
        ],
      }),
      'No node has room for the pod: 0/1 nodes are available: 1 Insufficient cpu.',
    ],
  ])('says %s in plain words', (_, one, why) => {
    expect(
      readHealth({ deployment: deployment(0), pods: [one], answers: none }).why,
    ).toBe(why);
  });

  it('says which quota keeps pods from being made', () => {
    const message =
      'pods "prices-x" is forbidden: exceeded quota: bailiwick, requested: requests.cpu=100m,pods=1, used: requests.cpu=2,pods=20, limited: requests.cpu=2,pods=20';
    const refused = deployment(0, {
      conditions: [
        {
          type: 'ReplicaFailure',
          status: 'True',
          reason: 'FailedCreate',
          message,
        },
      ],
    });
    expect(
      readHealth({ deployment: refused, pods: [], answers: none }),
    ).toEqual({
      health: 'Failed',
      why: 'The quota of the environment is used up: 2 CPU, 20 pods of 2 CPU, 20 pods in use, 100m CPU, 1 pods more needed.',
      next: 'Suspend another app, or ask for a larger plan.',
    });
  });
});
