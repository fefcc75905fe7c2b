import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { kubernetesServiceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import { CatalogFilter } from './CatalogFilter';
import { ChangeRunner } from './ChangeRunner';
import { createCollators } from './createCollators';

/** Search module `bailiwick`: adds Bailiwick's objects to the index, soon after they change. */
export const searchModuleBailiwick = createBackendModule({
  pluginId: 'search',
  moduleId: 'bailiwick',
  register(env) {
    env.registerInit({
      deps: {
        index: searchIndexRegistryExtensionPoint,
        kubernetes: kubernetesServiceRef,
        logger: coreServices.logger,
      },
      async init({ index, kubernetes, logger }) {
        for (const factory of createCollators(kubernetes.lists))
          index.addCollator({
            factory,
            schedule: new ChangeRunner({ factory, kubernetes, logger }),
          });
        index.addDecorator({ factory: new CatalogFilter({ kubernetes }) });
      },
    });
  },
});
