import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { compileSource } from '../compile';
import { lintSource } from '.';
import { PackError } from '../problem/Problem';

/**
 * Makes the DomainPack object of a pack's folder: everything that it names is put in.
 *
 * @throws PackError with every problem of the pack
 */
export function compilePack(folder: string): DomainPack {
  const { pack, problems } = lintSource(folder);
  if (!pack || problems.length > 0) throw new PackError(problems);
  return compileSource(pack);
}
