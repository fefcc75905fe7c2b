import { desiredDisruptionBudget } from './disruptionBudget';
import type { Workload } from '../workload';

const wanted = (scale: Pick<Workload, 'autoscale' | 'replicas'>) =>
  desiredDisruptionBudget({
    tenant: 'desk',
    environment: 'prod',
    app: 'feed',
    namespace: 'desk--prod',
    ...scale,
  } as Workload);

describe('desiredDisruptionBudget', () => {
  it.each([{ replicas: 2 }, { autoscale: { min: 2, max: 4 } }])(
    'lets a node take one of at least two pods: %j',
    scale => {
      expect(wanted(scale)).toMatchObject([
        {
          metadata: { name: 'feed', namespace: 'desk--prod' },
          spec: {
            maxUnavailable: 1,
            selector: { matchLabels: { 'bailiwick.dev/app': 'feed' } },
            unhealthyPodEvictionPolicy: 'AlwaysAllow',
          },
        },
      ]);
    },
  );

  it.each([
    { replicas: 0 },
    { replicas: 1 },
    { autoscale: { min: 1, max: 4 } },
  ])('does not exist for an app that can have one pod: %j', scale => {
    expect(wanted(scale)).toEqual([]);
  });
});
