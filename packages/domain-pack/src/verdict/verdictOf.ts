import {
  readPackVerdict,
  type PackVerdict,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { PackFiles } from '../folder/readPackFolder';
import { digestOf } from '../folder/digestOf';

/** What the contract tests gave, beside `pack.yaml`. */
export const verdictFile = 'tested.json';

const golden = /^archetypes\/[^/]+\/golden\//;

/** Whether a file of a pack only says how its code was rendered. */
export function isGolden(path: string): boolean {
  return golden.test(path);
}

/** The digest of everything that a pack consists of: neither golden files nor its verdict. */
export function packDigest(files: PackFiles): string {
  const parts = [...files]
    .filter(([path]) => path !== verdictFile && !isGolden(path))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return digestOf(Buffer.from(JSON.stringify(parts)));
}

/** What the contract tests gave for exactly these files; `undefined` when they were not tested so. */
export function verdictOf(files: PackFiles): PackVerdict | undefined {
  const verdict = readPackVerdict(files.get(verdictFile));
  return verdict?.digest === packDigest(files) ? verdict : undefined;
}

/** The files of a pack as others get them: a verdict of other files stays behind. */
export function filesToGive(files: PackFiles): PackFiles {
  return verdictOf(files)
    ? files
    : new Map([...files].filter(([path]) => path !== verdictFile));
}
