import Provider, {
  errors,
  interactionPolicy,
  type Configuration,
  type JWKS,
} from 'oidc-provider';
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import type { DemoPerson } from './people';
import { signOutPage } from './signOutPage';

/** Options of the provider. */
export interface ProviderOptions {
  issuer: string;
  client: { id: string; secret: string; redirectUri: string };
  /** Address of the gateway, for which programs can request access tokens (RFC 8707); without it, they can't. */
  gateway?: string;
  people: DemoPerson[];
}

/** A signing key (RS256) of this process alone. */
function newSigningKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    ...privateKey.export({ format: 'jwk' }),
    kid: randomUUID(),
    use: 'sig',
  };
}

/** Client of programs on the reader's machine, such as agents, without a secret (RFC 8252). */
const readerClient = 'bailiwick-reader';

/** OpenID provider (OpenID Connect Core 1.0) whose accounts are the demo people. */
export function createProvider(options: ProviderOptions): Provider {
  const { client, issuer, people } = options;
  // Anyone can sign in as anyone, so a consent would protect nobody.
  const policy = interactionPolicy.base();
  policy.get('consent')!.checks.remove('native_client_prompt');
  const configuration: Configuration = {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
        post_logout_redirect_uris: [new URL(client.redirectUri).origin],
        grant_types: ['authorization_code', 'refresh_token'],
      },
      {
        client_id: readerClient,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: [
          'http://127.0.0.1/callback',
          'http://localhost/callback',
        ],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    jwks: { keys: [newSigningKey()] as JWKS['keys'] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username'],
    },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(ctx, form) {
          ctx.body = signOutPage(form);
        },
      },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo(_ctx, resource) {
          const { gateway } = options;
          if (resource !== gateway && !resource.startsWith(`${gateway}/`))
            throw new errors.InvalidTarget();
          return {
            scope: '',
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
    extraTokenClaims: (_ctx, token) =>
      'accountId' in token
        ? { preferred_username: token.accountId }
        : undefined,
    interactions: {
      policy,
      url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
    },
    async loadExistingGrant(ctx) {
      const { provider, session, params, client: asking } = ctx.oidc;
      const grant = new provider.Grant({
        accountId: session!.accountId,
        clientId: asking!.clientId,
      });
      if (params!.scope) grant.addOIDCScope(String(params!.scope));
      await grant.save();
      return grant;
    },
    issueRefreshToken: async () => true,
    findAccount: (_ctx, id) => {
      const person = people.find(candidate => candidate.id === id);
      return (
        person && {
          accountId: id,
          claims: () => ({
            sub: id,
            name: person.name,
            preferred_username: id,
            email: person.email,
            email_verified: true,
          }),
        }
      );
    },
    pkce: { required: (_ctx, { clientId }) => clientId === readerClient },
  };
  return new Provider(issuer, configuration);
}
