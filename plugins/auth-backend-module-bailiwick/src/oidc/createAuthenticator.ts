import {
  oidcAuthenticator,
  type OidcAuthResult,
} from '@backstage/plugin-auth-backend-module-oidc-provider';
import {
  createOAuthAuthenticator,
  type OAuthAuthenticator,
  type OAuthAuthenticatorResult,
} from '@backstage/plugin-auth-node';
import { ProviderConnection, type Provider } from './ProviderConnection';

type Client = Awaited<Provider['promise']>['client'];

/**
 * Returns Backstage's authenticator for OpenID Connect, which also ends the session at the provider (OpenID Connect
 * RP-Initiated Logout 1.0) and survives outages of the provider.
 *
 * @param portal - address to which the provider returns after a logout
 */
export function createAuthenticator(
  portal: string,
): OAuthAuthenticator<ProviderConnection, OidcAuthResult> {
  return createOAuthAuthenticator({
    defaultProfileTransform: oidcAuthenticator.defaultProfileTransform,
    scopes: oidcAuthenticator.scopes,
    initialize: input => new ProviderConnection(input),
    start: (input, connection) =>
      connection.use(provider => oidcAuthenticator.start(input, provider)),
    authenticate: async (input, connection) =>
      withEmail(
        connection,
        await connection.use(provider =>
          oidcAuthenticator.authenticate(input, provider),
        ),
      ),
    refresh: async (input, connection) =>
      withEmail(
        connection,
        await connection.use(provider =>
          oidcAuthenticator.refresh(input, provider),
        ),
      ),
    logout: async ({ refreshToken, req }, connection) => {
      try {
        return await connection.use(async provider => {
          const { client } = await provider.promise;
          const { idToken, newest } = await renew(client, refreshToken);
          await oidcAuthenticator.logout?.(
            { req, refreshToken: newest },
            provider,
          );
          return client.issuer.metadata.end_session_endpoint
            ? {
                logoutUrl: client.endSessionUrl({
                  id_token_hint: idToken,
                  post_logout_redirect_uri: portal,
                }),
              }
            : undefined;
        });
      } catch {
        return undefined; // People can leave the portal while the provider does not respond.
      }
    },
  });
}

/** Requests an ID token, without which providers ask people whether they want to sign out. */
async function renew(
  client: Client,
  refreshToken: string | undefined,
): Promise<{ idToken?: string; newest?: string }> {
  if (!refreshToken) return {};
  try {
    const tokens = await client.refresh(refreshToken);
    return {
      idToken: tokens.id_token,
      newest: tokens.refresh_token ?? refreshToken,
    };
  } catch {
    return { newest: refreshToken };
  }
}

/** Adds the claim that some providers never send. */
function withEmail(
  { allowsMissingEmailVerified }: ProviderConnection,
  result: OAuthAuthenticatorResult<OidcAuthResult>,
): OAuthAuthenticatorResult<OidcAuthResult> {
  const { userinfo } = result.fullProfile;
  if (allowsMissingEmailVerified) userinfo.email_verified ??= true;
  return result;
}
