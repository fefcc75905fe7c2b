import { kwokSet } from '../binaries/programSets';
import { ensurePrograms } from '../binaries/ensurePrograms';
import { applyObjects } from '../kubernetes/applyObjects';
import { kwok, simulatedNode } from '../simulated/kwok';
import type { LocalRun } from './LocalRun';

/** Starts a node that only pretends to run pods, and waits until the scheduler may use it. */
export async function startSimulatedNode(run: LocalRun): Promise<void> {
  const { client, kubernetes, node, paths, recorder, signal } = run;
  const { path } = await ensurePrograms(kwokSet, {
    report: detail => recorder.updateStep('node', { state: 'running', detail }),
    signal,
  });
  await applyObjects(kubernetes.path('kubectl'), paths.kubeconfig, [
    simulatedNode(node),
  ]);
  await run.start({
    ...kwok({ program: path('kwok'), kubeconfig: paths.kubeconfig, node }),
    probe: async () => {
      const { body } = await client.get(`/api/v1/nodes/${node}`);
      const { status } = body as {
        status?: { conditions?: { type: string; status: string }[] };
      };
      return Boolean(
        status?.conditions?.some(
          ({ type, status: is }) => type === 'Ready' && is === 'True',
        ),
      );
    },
  });
}
