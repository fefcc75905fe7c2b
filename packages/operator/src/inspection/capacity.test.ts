import type { Node } from '@bailiwick/backstage-kube-controller';
import { capacityOf } from './capacity';

const node = (allocatable: Record<string, string>): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node' },
  status: { allocatable },
});

describe('capacityOf', () => {
  it('adds up all nodes', () => {
    const nodes = [
      node({ cpu: '3920m', memory: '15842676Ki', pods: '110' }),
      node({ cpu: '4080m', memory: '1Gi', pods: '110', 'nvidia.com/gpu': '2' }),
    ];
    expect(capacityOf(nodes)).toEqual({
      cpu: '8',
      memory: '16495Mi',
      pods: 220,
      gpu: 2,
    });
  });

  it('has no GPUs where no node has any', () => {
    expect(capacityOf([node({ cpu: '500m' })])).toEqual({
      cpu: '500m',
      memory: '0Mi',
      pods: 0,
    });
  });
});
