import { findProgram } from '../binaries/findProgram';
import { kubernetesSet } from '../binaries/programSets';
import type { ClusterStart } from '../ClusterStart';
import type { StartedCluster } from '../StartedCluster';
import type { ProviderName, Step } from '../state/ClusterState';
import { adoptContext, inspect } from './existing';
import { kindName } from './commands';
import { startKind } from './kind';

/** Lists the steps to a cluster that this package does not run itself. */
export function foreignSteps(provider: ProviderName): Step[] {
  const title = provider === 'kind' ? 'kind cluster' : 'Existing cluster';
  return [
    { name: 'cluster', title, state: 'waiting' },
    { name: 'api', title: 'API server', state: 'waiting' },
    // Its nodes are its own business; waiting for this name works with every provider.
    { name: 'node', title: 'Node', state: 'waiting' },
  ];
}

/**
 * Prepares a kind cluster or an existing one.
 *
 * @throws ClusterError when it does not respond; the `api` step reports missing features
 */
export async function startForeign(
  provider: ProviderName,
  { options: { context }, paths, recorder, signal }: ClusterStart,
): Promise<StartedCluster> {
  const { kubeconfig } = paths;
  const kubectl = await recorder.step('cluster', async report => {
    const progress = { report, signal };
    const found = await findProgram('kubectl', kubernetesSet, progress);
    if (provider === 'kind') {
      const name = kindName(paths.directory);
      await startKind({ name, kubeconfig, report, signal });
    } else await adoptContext(found, context, kubeconfig);
    return found;
  });
  await recorder.step('api', async report => {
    const found = await inspect(kubectl, kubeconfig);
    const lacks =
      found.lacks.length > 0 ? `; lacks: ${found.lacks.join(' ')}` : '';
    report(`Kubernetes ${found.version}${lacks}`);
    recorder.update({
      server: found.server,
      kubectl,
      capabilities: {
        pods: true,
        networkPolicy: found.networkPolicy,
        userNamespaces: false,
      },
    });
  });
  recorder.updateStep('node', { state: 'done', seconds: 0 });
  // Nothing runs on our side that could be stopped or lost.
  return { stop: async () => {}, lost: new Promise(() => {}) };
}
