import type { Extent } from '../ClusterStart';
import type { Step } from '../state/ClusterState';

/** Lists the steps of a local cluster's start. */
export function localSteps(extent: Extent): Step[] {
  const control = [
    step('kubernetes', 'Kubernetes programs'),
    step('api', 'API server'),
    ...(extent === 'api' ? [] : [step('controllers', 'Controllers')]),
  ];
  if (extent === 'simulated')
    return [...control, step('node', 'Simulated node')];
  if (extent !== 'full') return control;
  return [
    ...control,
    step('volumes', 'Volumes'),
    step('runtime', 'Container runtime programs'),
    step('node', 'Node'),
    step('addons', 'Name service and registry programs'),
    step('dns', 'Name service'),
    step('registry', 'Registry'),
  ];
}

function step(name: string, title: string): Step {
  return { name, title, state: 'waiting' };
}
