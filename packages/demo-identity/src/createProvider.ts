import Provider, { type Configuration } from 'oidc-provider';
import { randomBytes } from 'node:crypto';
import type { DemoPerson } from './people';

/** What the provider needs to know. */
export interface ProviderOptions {
  issuer: string;
  client: { id: string; secret: string; redirectUri: string };
  people: DemoPerson[];
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
