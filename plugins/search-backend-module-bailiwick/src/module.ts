import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  searchEngineRegistryExtensionPoint,
  searchIndexRegistryExtensionPoint,
} from '@backstage/plugin-search-backend-node/alpha';
import {
  kubernetesServiceRef,
  readGuides,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import { addGuides } from './addGuides';
import { CatalogFilter } from './CatalogFilter';
import { ChangeRunner } from './ChangeRunner';
import { createCollators } from './createCollators';
import { WordSearchEngine } from './engine/WordSearchEngine';

/**
 * Search module `bailiwick`: adds the guides to the index, and Bailiwick's objects soon after they change. On request it
 * brings a search engine that finds whole words and beginnings of words.
 *
 * @public
 */
export const searchModuleBailiwick = createBackendModule({
  pluginId: 'search',
  moduleId: 'bailiwick',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        engines: searchEngineRegistryExtensionPoint,
        index: searchIndexRegistryExtensionPoint,
        kubernetes: kubernetesServiceRef,
        logger: coreServices.logger,
      },
      async init({ config, engines, index, kubernetes, logger }) {
        if (config.getOptionalBoolean('bailiwick.search.wordEngine'))
          engines.setSearchEngine(new WordSearchEngine());
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
