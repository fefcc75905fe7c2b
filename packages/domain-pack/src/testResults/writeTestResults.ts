import type {
  ArchetypeSample,
  PackTestResults,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPackFolder, type PackFiles } from '../folder/readPackFolder';
import { packDigest, testResultsFile, testResultsOf } from './testResultsOf';

/** Name of the check of golden files, which test results do not include. */
export const goldenCheck = 'rendered code matches the golden files';

/**
 * Counts checks by archetype, without that of golden files.
 *
 * @param files - all tested files
 * @param tried - versions of the runtime and of the pack for the upgrade test
 * @param samples - rows returned by a test, by archetype
 */
export function createTestResults(
  files: PackFiles,
  checks: readonly { archetype: string; name: string; failure?: string }[],
  tried: Pick<PackTestResults, 'runtime' | 'previous'>,
  samples: Record<string, ArchetypeSample> = {},
): PackTestResults {
  const archetypes: PackTestResults['archetypes'] = {};
  for (const { archetype, failure, name } of checks) {
    if (name === goldenCheck) continue;
    archetypes[archetype] ??= {
      passed: 0,
      failed: 0,
      ...(samples[archetype] && { sample: samples[archetype] }),
    };
    archetypes[archetype][failure === undefined ? 'passed' : 'failed'] += 1;
  }
  return { digest: packDigest(files), ...tried, archetypes };
}

/** Writes test results into the folder of a pack. @public */
export function writeTestResults(
  folder: string,
  results: PackTestResults,
): void {
  writeFileSync(
    join(folder, testResultsFile),
    `${JSON.stringify(results, undefined, 2)}\n`,
  );
}

/** Whether a folder has test results for other files than its present ones. @public */
export function hasOldTestResults(folder: string): boolean {
  const { files } = readPackFolder(folder);
  return files.has(testResultsFile) && !testResultsOf(files);
}
