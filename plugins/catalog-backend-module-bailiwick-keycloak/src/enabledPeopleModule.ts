import {
  keycloakTransformerExtensionPoint,
  sanitizeUserNameTransformer,
  type UserTransformer,
} from '@backstage-community/plugin-catalog-backend-module-keycloak';
import { createBackendModule } from '@backstage/backend-plugin-api';

/** Leaves out people whose account is disabled, because a person in the catalog has access. */
export const onlyEnabled: UserTransformer = async (entity, user, ...rest) =>
  user.enabled === false
    ? undefined
    : sanitizeUserNameTransformer(entity, user, ...rest);

/** Sets the transformer of people. */
export const enabledPeopleModule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'bailiwick-keycloak-people',
  register(env) {
    env.registerInit({
      deps: { keycloak: keycloakTransformerExtensionPoint },
      async init({ keycloak }) {
        keycloak.setUserTransformer(onlyEnabled);
      },
    });
  },
});
