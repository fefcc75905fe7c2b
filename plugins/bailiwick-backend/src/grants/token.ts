import { createHash, randomBytes } from 'node:crypto';

/** A new token: `bwk_` and 32 random bytes in base64url (RFC 4648 section 5). */
export function newToken(): string {
  return `bwk_${randomBytes(32).toString('base64url')}`;
}

/** Returns the stored form of a token: `sha256:` and the digest in hexadecimal digits. */
export function hashToken(token: string): string {
  return `sha256:${createHash('sha256').update(token).digest('hex')}`;
}

/** The password of an HTTP Basic header (RFC 7617), `undefined` when there is none. */
export function basicPassword(header: string | undefined): string | undefined {
  const [, encoded] = header?.match(/^Basic ([A-Za-z0-9+/=]+)$/i) ?? [];
  if (!encoded) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : text.slice(colon + 1);
}
