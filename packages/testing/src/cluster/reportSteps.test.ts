import type { ClusterState } from '@bailiwick/backstage-local-cluster';
import { reportSteps } from './reportSteps';

it('reports each step once, and its details every ten seconds', () => {
  const told: string[] = [];
  let now = 0;
  const tell = reportSteps(
    line => told.push(line),
    () => now,
  );
  const at = (seconds: number, detail?: string) => {
    now = seconds * 1000;
    const step = { name: 'api', title: 'API server', detail } as const;
    const steps: ClusterState['steps'] = [
      { name: 'kubernetes', title: 'Programs', state: 'done' },
      { ...step, state: 'running' },
      { name: 'node', title: 'Node', state: 'waiting' },
    ];
    tell({ steps });
  };
  at(0);
  at(1, 'compiling etcd');
  at(11, 'compiling etcd');
  at(12, 'compiling kubelet');
  at(30, 'compiling kubelet');
  expect(told).toEqual(
    ['… API server', '… API server: compiling etcd'].concat(
      '… API server: compiling kubelet',
    ),
  );
});
