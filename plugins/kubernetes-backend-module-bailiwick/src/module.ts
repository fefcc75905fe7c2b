import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  kubernetesClusterSupplierExtensionPoint,
  kubernetesObjectsProviderExtensionPoint,
} from '@backstage/plugin-kubernetes-node';
import { kubernetesServiceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import { PersonObjectsProvider } from './PersonObjectsProvider';

/** Kubernetes module `bailiwick`: its tab shows what the reader may see, nothing else. */
export const kubernetesModuleBailiwick = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'bailiwick',
  register(env) {
    env.registerInit({
      deps: {
        clusters: kubernetesClusterSupplierExtensionPoint,
        objects: kubernetesObjectsProviderExtensionPoint,
        kubernetes: kubernetesServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init({ clusters, kubernetes, objects, userInfo }) {
        clusters.addClusterSupplier({
          getClusters: async () => {
            const url = kubernetes.server();
            return url
              ? [
                  {
                    name: 'local',
                    url,
                    // The plugin's own requests, such as those of its proxy, go without any
                    // credentials; `serviceAccount` would lend everybody those of the pod.
                    authMetadata: {
                      'kubernetes.io/auth-provider': 'localKubectlProxy',
                    },
                    skipMetricsLookup: true,
                  },
                ]
              : [];
          },
        });
        objects.addObjectsProvider(
          new PersonObjectsProvider({ kubernetes, userInfo }),
        );
      },
    });
  },
});
