import {
  environmentNamespace,
  runtimePort,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { openDrafts } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { readyPods } from '../pods';

/** Maximum number of pods in an environment; the others are only replaced. */
const mostPods = 4;
/** Milliseconds after which a pod is not waited for; its check of the code takes at most half of them. */
const timeout = 20_000;

/**
 * Sends new code to the pods of an app's drafts, which serve it until the pods with the new code are ready. A pod
 * declines code with other packages or another contract, or code that does not load.
 *
 * @param bundle - the files as a `.tar.gz`
 */
export async function replaceDrafts(
  kubernetes: Pick<KubernetesService, 'callPod' | 'lists'>,
  tenant: string,
  app: App,
  bundle: Buffer,
): Promise<void> {
  const { lists } = kubernetes;
  const body = { archive: bundle.toString('base64') };
  const addresses = openDrafts(app, lists.tenants.get(tenant)).flatMap(
    ({ name: environment }) => {
      const namespace = environmentNamespace(tenant, environment);
      return readyPods(lists.pods.list(), namespace, app.metadata.name)
        .slice(0, mostPods)
        .map(({ metadata: { name } }) => ({
          namespace,
          name,
          port: runtimePort,
        }));
    },
  );
  await Promise.allSettled(
    addresses.map(address =>
      kubernetes.callPod(address, '/code', { body, timeout }),
    ),
  );
}
