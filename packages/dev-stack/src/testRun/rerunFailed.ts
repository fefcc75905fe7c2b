import { join } from 'node:path';
import { readFiles, replaceFile, type FileResult } from './junit';
import type { Counts, Outcome, SuiteContext } from './TestSuite';

/** Maximum number of failed files to rerun: more are no accident, and rerunning all of them takes too long. */
const mostReruns = 4;

/**
 * Runs each failed file of a report once more, alone. Where the second run passes, its result replaces the first
 * one in the report and in the counts.
 *
 * @param report - name of the JUnit file below the reports folder
 * @param rerun - runs one file again and writes a JUnit file of the given name
 */
export async function rerunFailed(
  report: string,
  counts: Counts,
  { print, reports }: SuiteContext,
  rerun: (file: string, report: string) => Promise<unknown>,
): Promise<Outcome> {
  const outcome: Outcome = { ...counts, flaky: [] };
  const first = join(reports, report);
  const failed = readFiles(first).filter(({ failures }) => failures.length > 0);
  if (failed.length > mostReruns) return outcome;
  for (const [index, before] of failed.entries()) {
    const name = `${report}.rerun-${index}`;
    print(`\n── again, alone: ${before.file} ──\n`);
    await rerun(before.file, name);
    const after = readFiles(join(reports, name)).find(
      ({ file }) => file === before.file,
    );
    if (!after || !hasPassed(before, after)) continue;
    replaceFile(first, before.file, join(reports, name));
    outcome.failed -= before.failed;
    outcome.passed += after.passed - before.passed;
    outcome.skipped += after.skipped - before.skipped;
    const { passed, skipped } = after;
    outcome.flaky.push({
      file: before.file,
      first: before.failures,
      second: `${passed} passed, 0 failed, ${skipped} skipped`,
    });
  }
  return outcome;
}

/** Whether the second run passes and ran at least as many tests. */
function hasPassed(before: FileResult, after: FileResult): boolean {
  return after.failed === 0 && after.passed >= before.ran;
}
