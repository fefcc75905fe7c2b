import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Counts } from './TestSuite';

const suites = /<testsuite\b[\s\S]*<\/testsuite>|<testsuite\b[^>]*\/>/g;

function attribute(tag: string, name: string): number {
  return Number(tag.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? 0);
}

/** Counts a JUnit report; one failure when there is no report, so that nothing is overlooked. */
export function countJunit(file: string): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const cases =
    readFileSync(file, 'utf8').match(
      /<testcase\b[^>]*\/>|<testcase\b[\s\S]*?<\/testcase>/g,
    ) ?? [];
  const failed = cases.filter(text => /<(failure|error)\b/.test(text)).length;
  const skipped = cases.filter(text => /<skipped\b/.test(text)).length;
  return { passed: cases.length - failed - skipped, failed, skipped };
}

/**
 * Counts the report of a test runner: one failure more when the runner failed although no test of
 * its report did.
 */
export function countRun(file: string, exitCode: number): Counts {
  const counts = countJunit(file);
  const isHidden = exitCode !== 0 && counts.failed === 0;
  return isHidden ? { ...counts, failed: 1 } : counts;
}

function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/"/g, '&quot;');
}

/** Writes a report for checks that are no test runner; one case for each. */
export function writeJunit(
  file: string,
  suite: string,
  cases: { name: string; failure?: string }[],
): void {
  const failures = cases.filter(({ failure }) => failure).length;
  const body = cases.map(({ failure, name }) =>
    failure
      ? `<testcase name="${escape(name)}"><failure message="${escape(
          failure,
        )}"/></testcase>`
      : `<testcase name="${escape(name)}"/>`,
  );
  writeFileSync(
    file,
    `<testsuites><testsuite name="${escape(suite)}" tests="${
      cases.length
    }" failures="${failures}">${body.join('')}</testsuite></testsuites>\n`,
  );
}

/** Joins the reports of all parts into one; gives its path. */
export function mergeJunit(folder: string): string {
  const all = globSync('*.xml', { cwd: folder })
    .filter(file => file !== 'junit.xml')
    .sort()
    .flatMap(
      file => readFileSync(join(folder, file), 'utf8').match(suites) ?? [],
    );
  const total = (name: string) =>
    all.reduce(
      (sum, text) => sum + attribute(text.slice(0, text.indexOf('>')), name),
      0,
    );
  const file = join(folder, 'junit.xml');
  writeFileSync(
    file,
    `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="${total(
      'tests',
    )}" failures="${total('failures')}">\n${all.join('\n')}\n</testsuites>\n`,
  );
  return file;
}
