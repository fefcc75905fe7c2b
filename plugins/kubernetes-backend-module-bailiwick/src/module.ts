import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  kubernetesObjectsProviderExtensionPoint,
  kubernetesRouterExtensionPoint,
} from '@backstage/plugin-kubernetes-node';
import {
  kubernetesServiceRef,
  readPlatformGroup,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import { AppAccess } from './AppAccess';
import { createTabRouter } from './createTabRouter';
import { PersonObjectsProvider } from './PersonObjectsProvider';

/**
 * Kubernetes module `bailiwick`: the tab of an app shows the objects that its reader can see. Other entities and
 * clusters are left to the plugin.
 *
 * @public
 */
export const kubernetesModuleBailiwick = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'bailiwick',
  register(env) {
    env.registerInit({
      deps: {
        objects: kubernetesObjectsProviderExtensionPoint,
        routes: kubernetesRouterExtensionPoint,
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        kubernetes: kubernetesServiceRef,
        permissions: coreServices.permissions,
        userInfo: coreServices.userInfo,
      },
      async init({
        auditor,
        config,
        kubernetes,
        objects,
        routes,
        ...services
      }) {
        const access = new AppAccess({
          kubernetes,
          platformGroup: readPlatformGroup(config),
          ...services,
        });
        objects.addObjectsProvider(
          async ({ getDefault }) =>
            new PersonObjectsProvider({
              access,
              kubernetes,
              others: await getDefault(),
            }),
        );
        routes.addRouter(({ clusterSupplier, getDefault }) =>
          createTabRouter({
            access,
            auditor,
            clusterSupplier,
            httpAuth: services.httpAuth,
            kubernetes,
            others: getDefault(),
          }),
        );
      },
    });
  },
});
