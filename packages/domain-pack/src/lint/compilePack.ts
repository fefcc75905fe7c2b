import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { compileSource } from '../compile';
import { lintSource, validPack } from '.';

/**
 * Makes the DomainPack object of a pack's folder: everything that it names is put in.
 *
 * @throws PackError with every problem of the pack
 */
export function compilePack(folder: string): DomainPack {
  return compileSource(validPack(lintSource(folder)));
}
