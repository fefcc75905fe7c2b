import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { compileSource } from '../compile';
import { lintSource, validPack } from '.';

/**
 * Compiles the folder of a pack into its DomainPack object.
 *
 * @throws PackError with all problems of the pack
 * @public
 */
export function compilePack(folder: string): DomainPack {
  return compileSource(validPack(lintSource(folder)));
}
