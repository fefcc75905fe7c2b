import { createServiceFactory } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import {
  kubernetesClusterSupplierExtensionPoint,
  kubernetesObjectsProviderExtensionPoint,
  type KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';
import {
  kubernetesServiceRef,
  type KubernetesService,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import { kubernetesModuleBailiwick } from './module';

describe('kubernetesModuleBailiwick', () => {
  /** The supplier of clusters that the module gives to the plugin. */
  async function supplierFor(server: string | undefined) {
    const addClusterSupplier = jest.fn();
    const backend = await startTestBackend({
      extensionPoints: [
        [kubernetesClusterSupplierExtensionPoint, { addClusterSupplier }],
        [
          kubernetesObjectsProviderExtensionPoint,
          { addObjectsProvider: jest.fn() },
        ],
      ],
      features: [
        kubernetesModuleBailiwick,
        createServiceFactory({
          service: kubernetesServiceRef,
          deps: {},
          factory: () => ({ server: () => server } as KubernetesService),
        }),
      ],
    });
    await backend.stop();
    const [[supplier]] = addClusterSupplier.mock.calls;
    return supplier as KubernetesClustersSupplier;
  }

  it('gives the plugin a cluster for whose requests it has no credentials', async () => {
    const supplier = await supplierFor('https://kubernetes.test');
    const [cluster, ...others] = await supplier.getClusters({} as never);
    expect(others).toEqual([]);
    expect(cluster).toMatchObject({ url: 'https://kubernetes.test' });
    // The one strategy of the plugin that is anonymous wherever the portal runs.
    expect(cluster.authMetadata).toEqual({
      'kubernetes.io/auth-provider': 'localKubectlProxy',
    });
  });

  it('gives none before the cluster is known', async () => {
    const supplier = await supplierFor(undefined);
    expect(await supplier.getClusters({} as never)).toEqual([]);
  });
});
