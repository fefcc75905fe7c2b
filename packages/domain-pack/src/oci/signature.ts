import {
  createHash,
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';
import { PackError } from '../problem/Problem';

/** A key in PEM (RFC 7468), with the name of its file for messages. @public */
export interface PemKey {
  file: string;
  pem: string;
}

/** Payload type of a signature. */
const payloadType = 'application/vnd.bailiwick.pack.digest.v1+text';

const base64 = z.string().max(10_000);
const envelopeSchema = z.object({
  payloadType: z.string().max(255),
  payload: base64,
  signatures: z
    .array(z.object({ keyid: z.string().max(255).optional(), sig: base64 }))
    .min(1)
    .max(20),
});

/**
 * Signs the digest of a manifest: a DSSE envelope as JSON.
 *
 * - `payloadType`: `application/vnd.bailiwick.pack.digest.v1+text`
 * - `payload`: Base64 of the digest in ASCII, such as `sha256:0a1b…`, which is the name of the
 *   manifest in its layout and in every registry
 * - `signatures[0].sig`: Base64 of the Ed25519 signature (RFC 8032) over the pre-authentication
 *   encoding `DSSEv1 <length of the type> <type> <length of the payload> <payload>`, lengths in bytes
 * - `signatures[0].keyid`: SHA-256 in hex over the public key (SubjectPublicKeyInfo, DER); a hint without
 *   effect
 *
 * Ed25519 has no randomness: the same key and digest give the same envelope.
 *
 * Source: DSSE 1.0.2, https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md and
 * envelope.md.
 *
 * @throws PackError when the key is no private Ed25519 key without a passphrase
 */
export function signDigest(digest: string, key: PemKey): Buffer {
  const privateKey = readKey(key, createPrivateKey, 'private');
  const payload = Buffer.from(digest, 'ascii');
  const signature = sign(null, encoded(payload), privateKey);
  const envelope = {
    payloadType,
    payload: payload.toString('base64'),
    signatures: [
      {
        keyid: keyIdOf(createPublicKey(privateKey)),
        sig: signature.toString('base64'),
      },
    ],
  };
  return Buffer.from(JSON.stringify(envelope));
}

/**
 * Reads a public key.
 *
 * @throws PackError if it is not a public Ed25519 key
 */
export function readPublicKey(key: PemKey): KeyObject {
  if (/PRIVATE KEY/.test(key.pem))
    throw new PackError({
      file: key.file,
      what: 'The file holds a private key',
      remedy: `Use the public key and keep the private one secret: openssl pkey -in ${key.file} -pubout`,
    });
  return readKey(key, createPublicKey, 'public');
}

/** Whether an envelope contains a valid signature over a digest; `false` for an invalid envelope. */
export function isSigned(
  digest: string,
  envelope: unknown,
  publicKey: KeyObject,
): boolean {
  const { data } = envelopeSchema.safeParse(envelope);
  if (!data || data.payloadType !== payloadType) return false;
  const payload = Buffer.from(data.payload, 'base64');
  return (
    payload.equals(Buffer.from(digest, 'ascii')) &&
    data.signatures.some(({ sig }) =>
      verify(null, encoded(payload), publicKey, Buffer.from(sig, 'base64')),
    )
  );
}

/** Returns the signed bytes: the pre-authentication encoding of DSSE. */
function encoded(payload: Buffer): Buffer {
  const head = `DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head, 'ascii'), payload]);
}

function keyIdOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

function readKey(
  { file, pem }: PemKey,
  read: (pem: string) => KeyObject,
  kind: 'private' | 'public',
): KeyObject {
  let why = '';
  try {
    const key = read(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
    why = `its type is ${key.asymmetricKeyType}`;
  } catch (error) {
    why = (error as Error).message;
  }
  const make =
    kind === 'private'
      ? 'openssl genpkey -algorithm ed25519 -out pack.key'
      : 'openssl pkey -in pack.key -pubout -out pack.pub';
  throw new PackError({
    file,
    what: `Not a ${kind} Ed25519 key in PEM format without a passphrase: ${why}`,
    remedy: `Create one with: ${make}`,
  });
}
