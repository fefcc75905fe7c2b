import Provider, { type Configuration, type JWKS } from 'oidc-provider';
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import type { DemoPerson } from './people';

/** Options of the provider. */
export interface ProviderOptions {
  issuer: string;
  client: { id: string; secret: string; redirectUri: string };
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

/** OpenID provider (OpenID Connect Core 1.0) whose accounts are the demo people. */
export function createProvider({
  client,
  issuer,
  people,
}: ProviderOptions): Provider {
  const configuration: Configuration = {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
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
    features: { devInteractions: { enabled: false } },
    interactions: {
      url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
    },
    // The portal is the only client, so there is nothing a person would have to consent to.
    async loadExistingGrant(ctx) {
      const { provider, session, params, client: asking } = ctx.oidc;
      const grant = new provider.Grant({
        accountId: session!.accountId,
        clientId: asking!.clientId,
      });
      grant.addOIDCScope(String(params!.scope));
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
    pkce: { required: () => false },
  };
  return new Provider(issuer, configuration);
}
