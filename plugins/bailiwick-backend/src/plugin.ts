import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  kubernetesServiceRef,
  peopleServiceRef,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import { readConfig } from './config';
import { createFeatures } from './features';
import { languageServerPath, serveLanguageServer } from './code/languageServer';
import { limitRequests, withRequestIds } from './http';
import { endOpenResponses } from './live';
import { createRouter } from './router';

/**
 * Backend plugin `bailiwick`: REST API, live updates, notifications, actions for agents and the embedded git host.
 *
 * @public
 */
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
        people: peopleServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        userInfo: coreServices.userInfo,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
      },
      async init({ config, httpRouter, lifecycle, ...given }) {
        const services = { ...given, logger: withRequestIds(given.logger) };
        lifecycle.addShutdownHook(endOpenResponses);
        const settings = readConfig(config);
        const features = createFeatures({ ...services, config: settings });
        for (const feature of features) {
          await feature.start?.();
          lifecycle.addShutdownHook(() => feature.stop?.());
        }
        const limiter = limitRequests(services.httpAuth, settings.rateLimit);
        httpRouter.use(serveLanguageServer());
        httpRouter.use(createRouter(features, services, limiter));
        // git clients authenticate with a grant token, see git/gitFeature.ts
        httpRouter.addAuthPolicy({ path: '/git', allow: 'unauthenticated' });
        httpRouter.addAuthPolicy({
          path: languageServerPath,
          allow: 'unauthenticated',
        });
      },
    });
  },
});
