import {
  readTestResults,
  type PackTestResults,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { PackFiles } from '../folder/readPackFolder';
import { digestOf } from '../folder/digestOf';

/** File with the results of the contract tests, next to `pack.yaml`. */
export const testResultsFile = 'tested.json';

const golden = /^archetypes\/[^/]+\/golden\//;

/** Whether a file of a pack is a golden file. */
export function isGolden(path: string): boolean {
  return golden.test(path);
}

/** Returns the digest of a pack's files, without golden files and test results. */
export function packDigest(files: PackFiles): string {
  const parts = [...files]
    .filter(([path]) => path !== testResultsFile && !isGolden(path))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return digestOf(Buffer.from(JSON.stringify(parts)));
}

/** Returns the test results for exactly these files; `undefined` if they were not tested. */
export function testResultsOf(files: PackFiles): PackTestResults | undefined {
  const results = readTestResults(files.get(testResultsFile));
  return results?.digest === packDigest(files) ? results : undefined;
}

/** Returns the files of a pack for distribution, without results for other files. */
export function filesToGive(files: PackFiles): PackFiles {
  return testResultsOf(files)
    ? files
    : new Map([...files].filter(([path]) => path !== testResultsFile));
}
