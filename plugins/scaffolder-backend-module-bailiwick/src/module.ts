import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { createCreateAppAction } from './actions/createApp';
import { createCreateRepoAction } from './actions/createRepo';
import { createRenderArchetypeAction } from './actions/renderArchetype';
import { createRequestTenantAction } from './actions/requestTenant';

/** Scaffolder module `bailiwick`: the actions `bailiwick:*`. @public */
export const scaffolderModuleBailiwick = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'bailiwick',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, catalog, discovery }) {
        const services = {
          auth,
          catalog,
          client: new BailiwickClient({ discoveryApi: discovery }),
        };
        actions.addActions(
          createRenderArchetypeAction(services),
          createCreateRepoAction(services),
          createCreateAppAction(services),
          createRequestTenantAction(services),
        );
      },
    });
  },
});
