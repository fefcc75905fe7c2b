/**
 * Reads people and groups of Keycloak into the catalog when `catalog.providers.keycloakOrg` is set.
 *
 * @packageDocumentation
 */
import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { enabledPeopleModule } from './enabledPeopleModule';

/** Adds the community's module, without people whose account is disabled. @public */
const features = createBackendFeatureLoader({
  loader: () => [
    import('@backstage-community/plugin-catalog-backend-module-keycloak'),
    enabledPeopleModule,
  ],
});

export default features;
