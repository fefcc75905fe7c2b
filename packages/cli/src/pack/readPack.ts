import {
  compilePack,
  readLayout,
  type PackPlace,
  type PemKey,
} from '@bailiwick/backstage-domain-pack/authoring';
import {
  annotations,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../CommandError';

const withDigest = /^(.+)@(sha256:[0-9a-f]{64})$/;

/** Returns the location of a pack from user input: `<folder>`, or `<folder>@sha256:…` of an OCI layout. */
export function placeOf(target: string): PackPlace {
  const [, folder = target, digest] = withDigest.exec(target) ?? [];
  return { folder, digest };
}

/**
 * The compiled pack of a folder, or of an OCI layout (`<folder>` or `<folder>@sha256:…`), which then
 * has the digest as annotation.
 *
 * @param key - public key by which a layout has to be signed
 * @throws CommandError when a digest or a key is given and it is no layout
 * @throws PackError when the pack or the layout cannot be used
 */
export async function readPack(
  target: string,
  key?: PemKey,
): Promise<DomainPack> {
  const { digest, folder: layout } = placeOf(target);
  if (!existsSync(join(layout, 'oci-layout'))) {
    refuseWhatOnlyLayoutsHave(target, digest, key);
    return compilePack(target);
  }
  const read = await readLayout(layout, { digest, publicKey: key });
  const { metadata } = read.pack;
  return {
    ...read.pack,
    metadata: {
      ...metadata,
      annotations: {
        ...metadata.annotations,
        [annotations.packDigest]: read.digest,
      },
    },
  };
}

function refuseWhatOnlyLayoutsHave(
  target: string,
  digest?: string,
  key?: PemKey,
): void {
  if (digest || /@sha256:[^/]*$/.test(target))
    throw new CommandError(
      `${target} is not an OCI layout with a digest.`,
      'Give the folder written by bailiwick pack build, followed by @sha256: and the 64 digits it printed.',
    );
  if (key)
    throw new CommandError(
      `${target} is not an OCI layout, so it has no signature to verify.`,
      'Give the folder written by bailiwick pack build --sign: --verify and BAILIWICK_PACK_KEY require a signature.',
    );
}
