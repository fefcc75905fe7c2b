import { kwokSet } from '../binaries/programSets';
import { ensurePrograms } from '../binaries/ensurePrograms';
import { kwok, simulatedNode } from '../simulated/kwok';
import type { LocalRun } from './LocalRun';
import { readyNode } from './node';

/** Starts a node that only pretends to run pods, and waits until the scheduler may use it. */
export async function startSimulatedNode(run: LocalRun): Promise<void> {
  const { node, paths, recorder, signal } = run;
  const { path } = await ensurePrograms(kwokSet, {
    report: detail => recorder.updateStep('node', { state: 'running', detail }),
    signal,
  });
  await run.apply([simulatedNode(node)]);
  await run.start({
    ...kwok({ program: path('kwok'), kubeconfig: paths.kubeconfig, node }),
    probe: async () => Boolean(await readyNode(run, new Date(0))),
  });
}
