import { OAuth2 } from '@backstage/core-app-api';
import {
  ApiBlueprint,
  configApiRef,
  createApiRef,
  createFrontendModule,
  discoveryApiRef,
  oauthRequestApiRef,
} from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { BailiwickSignInPage } from '@bailiwick/backstage-plugin-app-module-bailiwick';
import PersonIcon from '@material-ui/icons/Person';

const oidcAuthApiRef = createApiRef<OAuth2>({ id: 'core.auth.oidc' });

const oidcAuthApi = ApiBlueprint.make({
  name: 'oidc',
  params: defineParams =>
    defineParams({
      api: oidcAuthApiRef,
      deps: {
        configApi: configApiRef,
        discoveryApi: discoveryApiRef,
        oauthRequestApi: oauthRequestApiRef,
      },
      factory: deps =>
        OAuth2.create({
          ...deps,
          provider: { id: 'oidc', title: 'OpenID Connect', icon: PersonIcon },
          environment: deps.configApi.getOptionalString('auth.environment'),
          defaultScopes: ['openid', 'profile', 'email', 'offline_access'],
        }),
    }),
});

const signInPage = SignInPageBlueprint.makeWithOverrides({
  factory(make, { apis }) {
    const text = {
      title: 'Your organization',
      message: 'Sign in with OpenID Connect',
      // The site's own text.
      ...apis.get(configApiRef)?.getOptional<object>('signIn'),
    };
    return make({
      loader: async () => props =>
        <BailiwickSignInPage {...props} {...text} apiRef={oidcAuthApiRef} />,
    });
  },
});

/** Sign-in through the configured OpenID provider. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [oidcAuthApi, signInPage],
});
