import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import {
  kubernetesServiceRef,
  readPlatformGroup,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import { boundCatalogQueries } from './boundCatalogQueries';
import { BailiwickEntityProvider } from './BailiwickEntityProvider';

/** Catalog module `bailiwick`: updates the catalog when tenants, apps and archetypes change. @public */
export const catalogModuleBailiwick = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'bailiwick',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        kubernetes: kubernetesServiceRef,
        logger: coreServices.logger,
        // Modules start before their plugin, so this comes before its routes.
        router: coreServices.httpRouter,
      },
      async init({ catalog, config, kubernetes, logger, router }) {
        for (const handler of boundCatalogQueries) router.use(handler);
        catalog.addEntityProvider(
          new BailiwickEntityProvider({
            kubernetes,
            logger,
            gatewayUrl: config.getOptionalString('bailiwick.gateway.baseUrl'),
            platformGroup: readPlatformGroup(config),
          }),
        );
      },
    });
  },
});
