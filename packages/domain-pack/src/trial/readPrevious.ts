import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readLayoutSource } from '../oci';
import { lintSource, validPack } from '../lint';
import type { PackSource } from '../source/readSource';

/** Where a pack lies: in a folder as it is written, or in one that holds an OCI layout. */
export interface PackPlace {
  folder: string;
  /** Which pack of a layout; may be left out when it holds one. */
  digest?: string;
}

/** Reads an older version of a pack. @throws PackError when it cannot be used */
export async function readPrevious({
  digest,
  folder,
}: PackPlace): Promise<PackSource> {
  if (existsSync(join(folder, 'oci-layout')))
    return (await readLayoutSource(folder, { digest })).source;
  return validPack(lintSource(folder));
}
