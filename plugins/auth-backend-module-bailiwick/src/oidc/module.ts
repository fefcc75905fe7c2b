import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { oidcSignInResolvers } from '@backstage/plugin-auth-backend-module-oidc-provider';
import {
  authProvidersExtensionPoint,
  createOAuthRouteHandlers,
  OAuthEnvironmentHandler,
  readDeclarativeSignInResolver,
  type SignInResolverFactory,
} from '@backstage/plugin-auth-node';
import { createAuthenticator } from './createAuthenticator';
import { explainRefusal } from './explainRefusal';

/**
 * Sign-in with OpenID Connect, instead of `@backstage/plugin-auth-backend-module-oidc-provider`.
 *
 * @public
 */
export const oidcProviderModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'bailiwick-oidc-provider',
  register(env) {
    env.registerInit({
      deps: {
        rootConfig: coreServices.rootConfig,
        providers: authProvidersExtensionPoint,
      },
      async init({ rootConfig, providers }) {
        const authenticator = createAuthenticator(
          rootConfig.getString('app.baseUrl'),
        );
        providers.registerProvider({
          providerId: 'oidc',
          factory: context =>
            OAuthEnvironmentHandler.mapConfig(context.config, config => {
              const resolve = readDeclarativeSignInResolver({
                config,
                // As Backstage declares it where it takes the same resolvers.
                signInResolverFactories: oidcSignInResolvers as Record<
                  string,
                  SignInResolverFactory<any, any>
                >,
              });
              const signInResolver = resolve && explainRefusal(resolve);
              return createOAuthRouteHandlers({
                ...context,
                authenticator,
                config,
                signInResolver,
              });
            }),
        });
      },
    });
  },
});
