import type { Node, Pod } from '@bailiwick/backstage-kube-controller';
import {
  before,
  deployment,
  ended,
  loop,
  pod,
  said,
  told,
} from './__testUtils__/healthInputs';

/** The node of all pods, from which Kubernetes has heard nothing, or which is not ready. */
const node = (status: 'Unknown' | 'False') =>
  ({
    metadata: { name: 'rack-7' },
    status: {
      conditions: [{ type: 'Ready', status, lastTransitionTime: told(100) }],
    },
  } as Node);
const silent = () => node('Unknown');
/** Finds the silent node of one pod; other pods are elsewhere. */
const only = (name: string) => (one: Pod) =>
  one.metadata.name === name ? silent() : undefined;

describe('the health of pods on a node that does not report', () => {
  const lost = pod('a1', { changed: 100 });
  const silence =
    'Node rack-7 is not reporting (noticed at 08:01:40 UTC); the state of its pods is unknown.';

  it('is Unknown, and names the machine', () => {
    expect(
      said({ pods: [lost], nodeOf: silent }, 101, before('Healthy')),
    ).toMatchObject({ health: 'Unknown', why: silence });
  });

  it('is Unknown when the machine reports that it is not ready', () => {
    const report = said({ pods: [lost], nodeOf: () => node('False') }, 101);
    expect(report).toMatchObject({
      health: 'Unknown',
      why: expect.stringMatching(/^Node rack-7 is not ready /),
    });
  });

  it('is Unknown for a pod that was about to start there', () => {
    const starting = pod('a1', { state: {} });
    expect(
      said({ pods: [starting], nodeOf: silent }, 150, before('Progressing')),
    ).toMatchObject({ health: 'Unknown', why: silence });
  });

  it('is Unknown while the rollout is given up because of it', () => {
    const late = [
      {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
      },
    ];
    const deployed = deployment(0, { conditions: late });
    expect(
      said({ deployment: deployed, pods: [lost], nodeOf: silent }, 300).health,
    ).toBe('Unknown');
  });

  it('stays Unknown when Kubernetes evicts the pod and finds no other machine', () => {
    const leaving: Pod = {
      ...lost,
      metadata: { ...lost.metadata, deletionTimestamp: told(400) },
    };
    const successor = pod('a2', {
      state: {},
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/1 nodes are available: 1 node(s) had untolerated taints',
          lastTransitionTime: told(400),
        },
      ],
    });
    const signs = { pods: [successor], nodeOf: only('a1') };
    const { health, why } = said({ ...signs, leaving: [leaving] }, 460);
    expect(health).toBe('Unknown');
    expect(why).toMatch(/^No node accepts the pod/);
    expect(why).toContain(silence);
    expect(said(signs, 460).health).toBe('Failed');
  });

  it('is Degraded while other pods answer', () => {
    const deployed = deployment(1, { updated: 2, all: 2, replicas: 2 });
    const pods = [pod('a2', { ready: true }), lost];
    expect(
      said({ deployment: deployed, pods, nodeOf: only('a1') }, 101),
    ).toMatchObject({
      health: 'Degraded',
      why: `1 of 2 pods are ready. ${silence}`,
    });
  });

  it('is Unknown if no other pod is ready, with the reason', () => {
    const deployed = deployment(0, { updated: 2, all: 2, replicas: 2 });
    const pods = [pod('a2', { ...loop, born: 5 }), lost];
    const report = said(
      { deployment: deployed, pods, nodeOf: only('a1') },
      101,
    );
    expect(report.health).toBe('Unknown');
    expect(report.why).toMatch(/^The app exited right after start /);
    expect(report.why).toContain(silence);
  });

  it('is Failed when the pod that does not work is elsewhere, and no other exists', () => {
    expect(
      said({ pods: [pod('a1', loop)], nodeOf: () => undefined }, 101).health,
    ).toBe('Failed');
  });

  it('is Healthy as soon as the machine is back', () => {
    const back = [pod('a1', { ready: true, changed: 160 })];
    const unknown = before('Unknown', silence, { since: 101, ready: 0 });
    expect(
      said({ deployment: deployment(1), pods: back }, 161, unknown),
    ).toMatchObject({ health: 'Healthy', why: 'The pod is ready.' });
  });
});

describe('the health of pods on a machine that stopped and restarted', () => {
  /** Kubelet's description of a container that ended with its node. */
  const lost = (finished: number) =>
    ended(finished, { exitCode: 255, reason: 'Unknown', message: '' });
  const restarted = {
    changed: 90,
    restarts: 3,
    lastState: lost(100),
    state: { running: { startedAt: told(110) } },
  };

  it('is Progressing while they start again, however often that happened', () => {
    const starting = pod('a1', { ...restarted, changed: 105 });
    for (const previous of [before('Healthy'), before('Failed', 'Before.')])
      expect(said({ pods: [starting] }, 116, previous).health).not.toBe(
        'Failed',
      );
    expect(said({ pods: [starting] }, 116)).toMatchObject({
      health: 'Progressing',
      why: 'Starting: 0 of 1 pods ready.',
    });
  });

  it('does not blame the code before they start', () => {
    const gone = pod('a1', { restarts: 2, state: lost(100), changed: 105 });
    const { health, next, why } = said({ pods: [gone] }, 106);
    expect({ health, why }).toEqual({
      health: 'Progressing',
      why: 'The node or its container runtime stopped while the app was running. It is restarting.',
    });
    expect(next).not.toMatch(/code|push/);
  });

  it('is Failed in the end when they do not get ready', () => {
    const starting = pod('a1', { ...restarted, changed: 105 });
    expect(said({ pods: [starting] }, 230)).toMatchObject({
      health: 'Failed',
      why: 'The pod is running but does not become ready.',
    });
  });

  it('is Healthy as soon as they answer', () => {
    const back = pod('a1', { ...restarted, ready: true, changed: 115 });
    expect(
      said(
        { deployment: deployment(1), pods: [back] },
        116,
        before('Progressing'),
      ),
    ).toMatchObject({ health: 'Healthy', why: 'The pod is ready.' });
  });
});
