import type { Person } from './AccessTokens';

/** Query parameter of a token (RFC 6750, section 2.3). */
export const tokenParameter = 'access_token';

/** Token of a request, and how the client sent it. */
export interface Credentials {
  token: string;
  /** User name of HTTP Basic; empty if there is none. */
  user: string;
  isInQuery: boolean;
}

/** Request of a client, as far as it proves who the client is. */
export interface LoginRequest {
  headers: { authorization?: string };
  /** Path and query. */
  url: string;
  /** Address of the client. */
  ip: string;
  /** Person of the access token, which was verified. */
  person?: Person | null;
}

/**
 * Returns the token of a request: the password of HTTP Basic (RFC 7617), a bearer token (RFC 6750, section 2.1), or
 * the query parameter. `undefined` if there is none. A header takes precedence over the query.
 */
export function readCredentials({
  headers: { authorization },
  url,
}: LoginRequest): Credentials | undefined {
  if (authorization)
    return readBasic(authorization) ?? readBearer(authorization);
  const token = queryOf(url).get(tokenParameter);
  return token ? { token, user: '', isInQuery: true } : undefined;
}

/** Returns the query of a path without the token, which is no parameter of a function. */
export function readQuery(url: string): URLSearchParams {
  const query = queryOf(url);
  query.delete(tokenParameter);
  return query;
}

function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start));
}

function readBasic(header: string): Credentials | undefined {
  const [, encoded] = /^basic +([A-Za-z0-9+/]+=*) *$/i.exec(header) ?? [];
  if (!encoded) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const token = text.slice(colon + 1).trim();
  if (colon < 0 || !token) return undefined;
  return { token, user: text.slice(0, colon), isInQuery: false };
}

function readBearer(header: string): Credentials | undefined {
  const [, token] = /^bearer +([A-Za-z0-9\-._~+/]+=*) *$/i.exec(header) ?? [];
  return token ? { token, user: '', isInQuery: false } : undefined;
}
