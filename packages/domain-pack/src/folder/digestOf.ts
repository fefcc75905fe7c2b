import { createHash } from 'node:crypto';

/** The digest of bytes, such as `sha256:0a1b…`. */
export function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
