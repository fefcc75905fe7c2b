import {
  before,
  crashed,
  deployment,
  ended,
  loop,
  pod,
  said,
  told,
} from './__testUtils__/healthInputs';

describe('readHealth', () => {
  it('is Healthy when all pods are of the current kind and ready', () => {
    const pods = [pod('a1', { ready: true, changed: 3 })];
    expect(said({ deployment: deployment(1), pods }, 4)).toEqual({
      health: 'Healthy',
      why: 'The pod is ready.',
      next: '',
      recheckAfter: undefined,
    });
  });

  it('is Progressing while a new version replaces the old one', () => {
    const rolling = deployment(1, { updated: 1, all: 2 });
    const pods = [
      pod('a1', { ready: true, kind: 'old' }),
      pod('a2', { born: 1 }),
    ];
    expect(said({ deployment: rolling, pods }, 4)).toMatchObject({
      health: 'Progressing',
      why: 'Rolling out: older pods serve until the new ones are ready.',
    });
  });

  it('is Progressing before the Deployment was looked at', () => {
    const fresh = { ...deployment(1), status: {} };
    expect(said({ deployment: fresh, pods: [] }, 1).why).toBe(
      'Starting: 0 of 1 pods ready.',
    );
    expect(said({ deployment: undefined, pods: [] }, 1).health).toBe(
      'Progressing',
    );
  });

  it('stays Healthy while the number of pods follows the calls', () => {
    const one = pod('a1', { ready: true, changed: 3 });
    const two = pod('a2', { born: 50 });
    const growing = deployment(1, { updated: 2, all: 2, replicas: 2 });
    const signs = { deployment: growing, pods: [one, two], min: 1 };
    expect(said(signs, 52, before('Healthy'))).toMatchObject({
      health: 'Healthy',
      why: '1 of 2 pods are ready; the others are starting.',
    });
    expect(said(signs, 52, before('Progressing')).health).toBe('Progressing');
    expect(said({ ...signs, min: 2 }, 52, before('Healthy')).health).toBe(
      'Progressing',
    );
    const shrinking = deployment(2, { updated: 2, all: 2 });
    expect(
      said({ ...signs, deployment: shrinking }, 60, before('Healthy')),
    ).toMatchObject({
      health: 'Healthy',
      why: 'Surplus pods are terminating.',
    });
  });

  it('is Suspended when no pods are wanted', () => {
    const none = deployment(0, { replicas: 0 });
    expect(said({ deployment: none, pods: [] }, 1).health).toBe('Suspended');
  });

  it('is Progressing after a first crash, and Failed after another', () => {
    const once = pod('a1', { lastState: ended(5), restarts: 1 });
    expect(said({ pods: [once] }, 6)).toMatchObject({
      health: 'Progressing',
      why: `${crashed}. It is restarting.`,
    });
    expect(said({ pods: [pod('a1', loop)] }, 10)).toMatchObject({
      health: 'Failed',
      why: crashed,
      next: 'Check the log, correct the code and push.',
    });
    const again = pod('a1', { lastState: ended(9), restarts: 2 });
    expect(said({ pods: [again] }, 30).health).toBe('Failed');
  });

  it('calls a crash after a long life a first one', () => {
    const state = ended(4000, { startedAt: told(0), exitCode: 3 });
    const late = pod('a1', { state, restarts: 5, changed: 4000 });
    expect(said({ pods: [late] }, 4020, before('Healthy'))).toMatchObject({
      health: 'Progressing',
      why: 'The app exited (exit code 3): NameError: name x is not defined. It is restarting.',
    });
  });

  it('waits ten seconds before it calls crashed pods healthy', () => {
    const pods = [
      pod('a1', {
        ready: true,
        changed: 20,
        lastState: ended(5),
        restarts: 1,
      }),
    ];
    const deployed = deployment(1);
    expect(said({ deployment: deployed, pods }, 23)).toMatchObject({
      health: 'Progressing',
      recheckAfter: 7,
    });
    expect(said({ deployment: deployed, pods }, 30).health).toBe('Healthy');
  });

  it('is Degraded when old pods answer while the new ones cannot', () => {
    const pods = [
      pod('a1', { ready: true, kind: 'old' }),
      pod('a2', { ...loop, born: 1 }),
    ];
    const report = said({ deployment: deployment(1, { all: 2 }), pods }, 10);
    expect(report.health).toBe('Degraded');
    expect(report.why).toMatch(/^Older pods are still ready. The app exited/);
  });

  it('does not judge new pods by older ones', () => {
    const pods = [
      pod('a1', { ...loop, kind: 'old' }),
      pod('a2', { born: 12, changed: 12, state: {} }),
    ];
    const rolling = deployment(0, { all: 2 });
    expect(said({ deployment: rolling, pods }, 13, before('Failed'))).toEqual({
      health: 'Progressing',
      why: 'Starting: 0 of 1 pods ready.',
      next: '',
      recheckAfter: 119,
    });
    const untouched = deployment(0, { updated: 0 });
    expect(said({ deployment: untouched, pods: [pods[0]] }, 13).health).toBe(
      'Progressing',
    );
  });

  it('reports how many equal pods are ready', () => {
    const three = deployment(2, { replicas: 3, updated: 3, all: 3 });
    const well = { ready: true, changed: 3 };
    const pods = [pod('a1', well), pod('a2', well), pod('a3', loop)];
    expect(said({ deployment: three, pods }, 60).why).toBe(
      `2 of 3 pods are ready. ${crashed}`,
    );
  });

  it('repeats a pod’s reason for not being ready', () => {
    const answers = new Map([
      ['a1', { why: "The code can't be loaded: f.py:1: no", next: '' }],
    ]);
    expect(said({ pods: [pod('a1')], answers }, 7)).toMatchObject({
      health: 'Failed',
      why: "The code can't be loaded: f.py:1: no",
    });
  });

  it('allows two minutes for the creation of a pod', () => {
    const pods = [pod('a1', { state: { waiting: { reason: 'Creating' } } })];
    expect(said({ pods }, 90)).toMatchObject({
      health: 'Progressing',
      recheckAfter: 30,
    });
    expect(said({ pods }, 120)).toMatchObject({
      health: 'Failed',
      why: 'The pod is not starting.',
    });
  });

  it('allows two minutes for a start', () => {
    expect(said({ pods: [pod('a1')] }, 21)).toMatchObject({
      health: 'Progressing',
      recheckAfter: 100,
    });
    expect(said({ pods: [pod('a1')] }, 121)).toMatchObject({
      health: 'Failed',
      why: 'The pod is running but does not become ready.',
    });
  });

  const waiting = (reason: string) =>
    pod('a1', { state: { waiting: { reason } } });
  const unplaced = (message: string) =>
    pod('a1', {
      state: {},
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          lastTransitionTime: told(0),
          message,
        },
      ],
    });
  it.each([
    [
      'an image that cannot be loaded',
      waiting('ImagePullBackOff'),
      "The runtime image registry.test/python:1 can't be pulled.",
    ],
    [
      'a full cluster',
      unplaced('0/1 nodes are available: 1 Insufficient cpu. preemption'),
      'No node has capacity for the pod: not enough CPU.',
    ],
    [
      'a cluster without free devices',
      unplaced('0/1 nodes are available: 1 Insufficient nvidia.com/gpu.'),
      'No node has capacity for the pod: not enough GPUs.',
    ],
    [
      'a cluster whose nodes are away',
      unplaced('0/1 nodes are available: 1 node(s) had untolerated taint(s)'),
      'No node accepts the pod: all nodes are full, cordoned or not ready.',
    ],
    [
      'a volume that is not made',
      unplaced('pod has unbound immediate PersistentVolumeClaims'),
      'The results volume is not available yet.',
    ],
  ])('reports %s in plain words, after ten seconds', (_, one, why) => {
    expect(said({ pods: [one] }, 8)).toMatchObject({
      health: 'Progressing',
      recheckAfter: 2,
    });
    expect(said({ pods: [one] }, 10)).toMatchObject({ health: 'Failed', why });
  });

  it('does not wait where waiting does not help', () => {
    expect(said({ pods: [waiting('InvalidImageName')] }, 1).health).toBe(
      'Failed',
    );
  });

  it('reports that the app ran out of memory', () => {
    const state = ended(9, { reason: 'OOMKilled', exitCode: 137 });
    expect(said({ pods: [pod('a1', { state, restarts: 1 })] }, 10).why).toBe(
      'The app exceeded its memory limit.',
    );
  });

  it('names the quota that prevents pods', () => {
    const message =
      'pods "prices-x" is forbidden: exceeded quota: bailiwick, requested: requests.cpu=100m,pods=1, used: requests.cpu=2,pods=20, limited: requests.cpu=2,pods=20';
    const conditions = [
      {
        type: 'ReplicaFailure',
        status: 'True',
        reason: 'FailedCreate',
        lastTransitionTime: told(2),
        message,
      },
    ];
    const refused = deployment(0, { updated: 0, all: 0, conditions });
    expect(said({ deployment: refused, pods: [] }, 11).health).toBe(
      'Progressing',
    );
    expect(said({ deployment: refused, pods: [] }, 12)).toMatchObject({
      health: 'Failed',
      why: 'The quota is used up: 2 CPU, 20 pods of 2 CPU, 20 pods used, 100m CPU, 1 pod more needed.',
      next: 'Pause or delete another app, or request a larger plan.',
    });
  });

  it('has no patience with a clock that is ahead', () => {
    expect(said({ pods: [waiting('ErrImagePull')] }, -60).health).toBe(
      'Failed',
    );
  });
});
