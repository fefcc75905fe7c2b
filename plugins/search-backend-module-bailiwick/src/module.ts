import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import {
  kubernetesServiceRef,
  readGuides,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import { addGuides } from './addGuides';
import { CatalogFilter } from './CatalogFilter';
import { ChangeRunner } from './ChangeRunner';
import { createCollators } from './createCollators';

/** Search module `bailiwick`: adds the guides to the index, and Bailiwick's objects soon after they change. */
export const searchModuleBailiwick = createBackendModule({
  pluginId: 'search',
  moduleId: 'bailiwick',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        index: searchIndexRegistryExtensionPoint,
        kubernetes: kubernetesServiceRef,
        logger: coreServices.logger,
      },
      async init({ config, index, kubernetes, logger }) {
        for (const factory of createCollators(kubernetes.lists))
          index.addCollator({
            factory,
            schedule: new ChangeRunner({ factory, kubernetes, logger }),
          });
        addGuides(
          index,
          readGuides(config.getOptionalString('bailiwick.docs.path')),
        );
        index.addDecorator({ factory: new CatalogFilter({ kubernetes }) });
      },
    });
  },
});
