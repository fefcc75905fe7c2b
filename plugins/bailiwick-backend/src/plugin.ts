import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common';
import { kubernetesServiceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import { BailiwickConfig } from './BailiwickConfig';
import { endOpenResponses } from './live';
import { Announcer, ToldNotices } from './notifications';
import { CatalogSubjects, registerTenantRequestAction } from './requests';
import { createRouter } from './router';

/** Backend plugin `bailiwick`: REST API, live updates, notifications, actions for agents and the embedded git host. */
export const bailiwickPlugin = createBackendPlugin({
  pluginId: 'bailiwick',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        kubernetes: kubernetesServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        userInfo: coreServices.userInfo,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
      },
      async init({
        actionsRegistry,
        config,
        database,
        discovery,
        httpRouter,
        notifications,
        ...services
      }) {
        services.lifecycle.addShutdownHook(endOpenResponses);
        const told = await ToldNotices.open(database);
        const subjects = new CatalogSubjects(services);
        const announcer = new Announcer({
          ...services,
          notifications,
          subjects,
          told,
        });
        announcer.start();
        services.lifecycle.addShutdownHook(() => announcer.stop());
        registerTenantRequestAction({
          ...services,
          actionsRegistry,
          client: new BailiwickClient({ discoveryApi: discovery }),
        });
        httpRouter.use(
          createRouter({
            ...services,
            config: BailiwickConfig.fromConfig(config),
          }),
        );
        // git clients bring a grant token of their own, see git/gitRouter.ts
        httpRouter.addAuthPolicy({ path: '/git', allow: 'unauthenticated' });
      },
    });
  },
});
