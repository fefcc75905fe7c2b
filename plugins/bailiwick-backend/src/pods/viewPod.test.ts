import type { Pod } from '@bailiwick/backstage-kube-controller';
import { viewPod } from './viewPod';

type Status = NonNullable<NonNullable<Pod['status']>['containerStatuses']>[0];

function pod(status: Partial<Status> = {}): Pod {
  const containerStatuses = [
    { name: 'app', ready: true, restartCount: 0, ...status },
  ];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'feed-1',
      labels: { 'bailiwick.dev/environment': 'dev' },
    },
    spec: {
      containers: [
        {
          name: 'app',
          ports: [{ containerPort: 8080 }],
          resources: {
            requests: { cpu: '100m', memory: '128Mi' },
            limits: { cpu: '500m', memory: '512Mi' },
          },
        },
      ],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses,
    },
  };
}

describe('viewPod', () => {
  it('shows the limits of each container, and its port', () => {
    expect(viewPod(pod()).containers).toEqual([
      {
        name: 'app',
        restarts: 0,
        port: 8080,
        requests: { cpu: '100m', memory: '128Mi' },
        limits: { cpu: '500m', memory: '512Mi' },
      },
    ]);
  });

  it('does not count a terminating pod, or one on a lost machine, as ready', () => {
    const stopping = pod();
    stopping.metadata.deletionTimestamp = '2026-11-20T08:00:00Z';
    expect(viewPod(stopping)).toMatchObject({
      ready: false,
      phase: 'Stopping',
      why: undefined,
    });
    const lost = pod();
    lost.status!.conditions = [{ type: 'Ready', status: 'False' }];
    expect(viewPod(lost)).toMatchObject({
      ready: false,
      why: 'The pod was ready, but its node is not ready now.',
    });
    expect(viewPod(pod())).toMatchObject({ ready: true, why: undefined });
  });

  it('recognizes the pods of runs by the label of their Job', () => {
    const ofRun = pod();
    ofRun.metadata.labels = { 'batch.kubernetes.io/job-name': 'nightly-1' };
    expect(viewPod(ofRun).isOfRun).toBe(true);
    expect(viewPod(pod()).isOfRun).toBe(false);
  });

  it('shows the last line of the log of a container that failed', () => {
    const message = '{"level": "info"}\nThe price list is missing\n';
    const state = { terminated: { reason: 'Error', exitCode: 3, message } };
    expect(viewPod(pod({ ready: false, state })).why).toBe(
      'Error: The price list is missing',
    );
  });

  it.each([
    [{ reason: 'OOMKilled', exitCode: 137 }, /exceeded its memory limit/],
    [
      { reason: 'Error', exitCode: 3 },
      /^The container ended with exit code 3.$/,
    ],
    [{ reason: 'Completed', exitCode: 0 }, /^The container completed.$/],
    [
      { reason: 'Error', exitCode: 1, message: 'x'.repeat(900) },
      /code 1\. Message: x{500}$/,
    ],
  ])('describes the end of the previous run: %j', (ended, words) => {
    const finishedAt = '2026-11-20T08:00:00Z';
    const lastState = { terminated: { ...ended, finishedAt } };
    const [container] = viewPod(pod({ restartCount: 2, lastState })).containers;
    expect(container).toMatchObject({ restarts: 2, ended: { at: finishedAt } });
    expect(container.ended?.why).toMatch(words);
  });
});
