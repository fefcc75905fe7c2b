import { createHash } from 'node:crypto';

/** Namespace of addresses (RFC 9562, section 6.6). */
const urlNamespace = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/** Returns the identifier of an add-in: the UUID of its address (RFC 9562, version 5), so that updates replace it. */
export function addInId(address: string): string {
  const bytes = createHash('sha1')
    .update(urlNamespace)
    .update(address)
    .digest()
    .subarray(0, 16);
  bytes[6] = 0x50 + (bytes[6] % 0x10);
  bytes[8] = 0x80 + (bytes[8] % 0x40);
  return bytes
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
