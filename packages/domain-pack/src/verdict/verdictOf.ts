import {
  readPackVerdict,
  type PackVerdict,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { PackFiles } from '../folder/readPackFolder';
import { digestOf } from '../folder/digestOf';

/** File with the results of the contract tests, next to `pack.yaml`. */
export const verdictFile = 'tested.json';

const golden = /^archetypes\/[^/]+\/golden\//;

/** Whether a file of a pack is a golden file. */
export function isGolden(path: string): boolean {
  return golden.test(path);
}

/** Returns the digest of a pack's files, without golden files and test results. */
export function packDigest(files: PackFiles): string {
  const parts = [...files]
    .filter(([path]) => path !== verdictFile && !isGolden(path))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return digestOf(Buffer.from(JSON.stringify(parts)));
}

/** Returns the test results for exactly these files; `undefined` if they were not tested. */
export function verdictOf(files: PackFiles): PackVerdict | undefined {
  const verdict = readPackVerdict(files.get(verdictFile));
  return verdict?.digest === packDigest(files) ? verdict : undefined;
}

/** Returns the files of a pack for distribution, without results for other files. */
export function filesToGive(files: PackFiles): PackFiles {
  return verdictOf(files)
    ? files
    : new Map([...files].filter(([path]) => path !== verdictFile));
}
