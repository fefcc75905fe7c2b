import type {
  ArchetypeSample,
  PackVerdict,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPackFolder, type PackFiles } from '../folder/readPackFolder';
import { packDigest, verdictFile, verdictOf } from './verdictOf';

/** Name of the check of golden files, which are no part of what a verdict is about. */
export const goldenCheck = 'rendered code matches the golden files';

/**
 * Counts checks by archetype, but for that of golden files.
 *
 * @param files - everything that was tested
 * @param tried - version of the runtime, and of the pack from which the upgrade was tried
 * @param samples - rows that a test returned, by archetype
 */
export function createVerdict(
  files: PackFiles,
  checks: readonly { archetype: string; name: string; failure?: string }[],
  tried: Pick<PackVerdict, 'runtime' | 'previous'>,
  samples: Record<string, ArchetypeSample> = {},
): PackVerdict {
  const archetypes: PackVerdict['archetypes'] = {};
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

/** Writes what the contract tests gave into the folder of the pack. */
export function writeVerdict(folder: string, verdict: PackVerdict): void {
  writeFileSync(
    join(folder, verdictFile),
    `${JSON.stringify(verdict, undefined, 2)}\n`,
  );
}

/** Whether a folder has the verdict of other files than it holds now. */
export function hasOldVerdict(folder: string): boolean {
  const { files } = readPackFolder(folder);
  return files.has(verdictFile) && !verdictOf(files);
}
