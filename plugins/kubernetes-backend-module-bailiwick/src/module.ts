import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  kubernetesClusterSupplierExtensionPoint,
  kubernetesObjectsProviderExtensionPoint,
  kubernetesRouterExtensionPoint,
} from '@backstage/plugin-kubernetes-node';
import { kubernetesServiceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import { AppAccess } from './AppAccess';
import { clusterDetails } from './clusters';
import { createTabRouter } from './createTabRouter';
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
        routes: kubernetesRouterExtensionPoint,
        auditor: coreServices.auditor,
        httpAuth: coreServices.httpAuth,
        kubernetes: kubernetesServiceRef,
        permissions: coreServices.permissions,
        userInfo: coreServices.userInfo,
      },
      async init({
        auditor,
        clusters,
        kubernetes,
        objects,
        routes,
        ...services
      }) {
        const access = new AppAccess({ kubernetes, ...services });
        clusters.addClusterSupplier({
          getClusters: async () => clusterDetails(kubernetes),
        });
        objects.addObjectsProvider(
          new PersonObjectsProvider({ access, kubernetes }),
        );
        routes.addRouter(({ getDefault }) =>
          createTabRouter({
            access,
            auditor,
            httpAuth: services.httpAuth,
            kubernetes,
            others: getDefault(),
          }),
        );
      },
    });
  },
});
