import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import {
  createPresenceGuard,
  oidcProviderModule,
  refuseAnonymousUpgrades,
} from '@bailiwick/backstage-plugin-auth-backend-module-bailiwick';
import { createAvailabilityGuard } from '@bailiwick/backstage-backend-features';

const backend = createBackend();
const availability = createAvailabilityGuard();
const presence = createPresenceGuard();

backend.add(
  rootHttpRouterServiceFactory({
    configure: ({ app, applyDefaults, server }) => {
      app.use(availability.handler, presence.handler);
      applyDefaults();
      refuseAnonymousUpgrades(server, presence.watchSocket);
    },
  }),
);

backend.add(availability.feature);
backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(oidcProviderModule);
backend.add(presence.feature);
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@bailiwick/backstage-backend-features'));
backend.add(
  import('@bailiwick/backstage-plugin-auth-backend-module-bailiwick'),
);
backend.add(
  import(
    '@bailiwick/backstage-plugin-catalog-backend-module-bailiwick-keycloak'
  ),
);
backend.add(
  import('@bailiwick/backstage-plugin-notifications-backend-module-bailiwick'),
);
backend.add(
  import('@bailiwick/backstage-plugin-permission-backend-module-bailiwick'),
);

backend.add(import('@bailiwick/backstage-tracing/plugin'));

backend.start().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  // EX_CONFIG of sysexits(3). Backstage itself keeps a process that answers no requests.
  process.exit(78);
});
