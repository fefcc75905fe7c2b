import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common';
import { createCreateAppAction } from './actions/createApp';
import { createCreateRepoAction } from './actions/createRepo';
import { createRenderArchetypeAction } from './actions/renderArchetype';

/** Scaffolder module `bailiwick`: the actions `bailiwick:*`. */
export const scaffolderModuleBailiwick = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'bailiwick',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, discovery }) {
        const services = {
          auth,
          client: new BailiwickClient({ discoveryApi: discovery }),
        };
        actions.addActions(
          createRenderArchetypeAction(services),
          createCreateRepoAction(services),
          createCreateAppAction(services),
        );
      },
    });
  },
});
