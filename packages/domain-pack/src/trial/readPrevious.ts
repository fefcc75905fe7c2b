import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readLayoutSource } from '../oci';
import { lintSource, validPack } from '../lint';
import type { PackSource } from '../source/readSource';

/** Location of a pack: a source folder, or an OCI layout. @public */
export interface PackPlace {
  folder: string;
  /** Digest of a pack in a layout; optional if it contains one pack. */
  digest?: string;
}

/**
 * Reads an older version of a pack.
 *
 * @throws PackError if it is invalid
 */
export async function readPrevious({
  digest,
  folder,
}: PackPlace): Promise<PackSource> {
  if (existsSync(join(folder, 'oci-layout')))
    return (await readLayoutSource(folder, { digest })).source;
  return validPack(lintSource(folder));
}
