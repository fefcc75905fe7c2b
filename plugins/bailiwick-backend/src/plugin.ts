import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { kubernetesServiceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import { BailiwickConfig } from './BailiwickConfig';
import { endOpenResponses } from './live';
import { createRouter } from './router';

/** Backend plugin `bailiwick`: REST API, live updates and the embedded git host. */
export const bailiwickPlugin = createBackendPlugin({
  pluginId: 'bailiwick',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        kubernetes: kubernetesServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        userInfo: coreServices.userInfo,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
      },
      async init({ config, httpRouter, ...services }) {
        services.lifecycle.addShutdownHook(endOpenResponses);
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
