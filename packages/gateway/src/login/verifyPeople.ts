import type { FastifyInstance } from 'fastify';
import type { AccessTokens, Person } from './AccessTokens';

declare module 'fastify' {
  interface FastifyRequest {
    /** Person of the access token. */
    person: Person | null;
  }
}

/** Verifies the access tokens of requests to a server: bearer tokens of three parts (RFC 7519), unlike Bailiwick's own. */
export function verifyPeople(
  server: FastifyInstance,
  tokens: AccessTokens | undefined,
): void {
  server.decorateRequest('person', null);
  if (!tokens) return;
  server.addHook('onRequest', async request => {
    const { authorization = '' } = request.headers;
    const [, token] =
      /^bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i.exec(authorization) ?? [];
    if (token) request.person = await tokens.verify(token);
  });
}
