import { createHash } from 'node:crypto';

/**
 * Returns the unguessable part of the addresses of a token's add-in. It opens names and descriptions of functions, but no
 * rows, and the token cannot be derived from it.
 */
export function addInKey(tokenHash: string): string {
  return createHash('sha256')
    .update(`excel add-in\n${tokenHash}`)
    .digest('base64url');
}
