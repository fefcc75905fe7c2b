import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { readConfig } from '../config';
import { createFeatures, type FeatureOptions } from '../features';
import { createRouter } from '../router';

/** A route of the router. */
export interface Route {
  method: string;
  /** With parameters, such as `/tenants/:tenant/apps`. */
  path: string;
}

/** Internals of a router in Express. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/** All routes of the plugin, read from its router, so that none is forgotten. Those of git are none. */
export function routesOfPlugin(): Route[] {
  const data = {
    backend: { baseUrl: 'http://portal.test' },
    bailiwick: {
      git: { directory: '/nowhere' },
      gateway: { baseUrl: 'http://gateway.test' },
    },
  };
  const services: Partial<FeatureOptions> = {
    auditor: mockServices.auditor.mock(),
    auth: mockServices.auth(),
    catalog: catalogServiceMock(),
    config: readConfig(mockServices.rootConfig({ data })),
    httpAuth: mockServices.httpAuth(),
    kubernetes: { lists: {} } as unknown as KubernetesService,
    logger: mockServices.logger.mock(),
    permissions: mockServices.permissions(),
    permissionsRegistry: mockServices.permissionsRegistry.mock(),
    userInfo: mockServices.userInfo(),
  };
  const router = createRouter(
    createFeatures(services as FeatureOptions),
    services as FeatureOptions,
  );
  return routesIn((router as unknown as { stack: Layer[] }).stack);
}

function routesIn(stack: Layer[]): Route[] {
  return stack.flatMap(({ handle, route }) =>
    route
      ? Object.keys(route.methods).map(method => ({
          method: method.toUpperCase(),
          path: route.path,
        }))
      : routesIn(handle.stack ?? []),
  );
}
