import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Counts } from './TestSuite';

/** Result of one test file in a JUnit report. */
export interface FileResult extends Counts {
  /** Path as the test runner names it. */
  file: string;
  /** Seconds of the whole file. */
  seconds: number;
  /** Seconds outside of its tests: loading the code, `beforeAll` and `afterAll`. */
  setUpSeconds: number;
  /** Messages of failed tests. */
  failures: string[];
  /** Tests that ran; the report of Jest has a case for failed hooks, too, which a second run does not have. */
  ran: number;
}

const suites = /<testsuite\b[^>]*\/>|<testsuite\b[\s\S]*?<\/testsuite>/g;
/** Name of the case with which jest-junit reports that a hook failed although the tests passed. */
const failedHooks =
  /<testcase\b[^>]*\bname=" ?Test execution failure: could be caused by test hooks/;
const cases = /<testcase\b[^>]*\/>|<testcase\b[\s\S]*?<\/testcase>/g;

function attribute(tag: string, name: string): string {
  const opening = tag.slice(0, tag.indexOf('>'));
  return new RegExp(`\\b${name}="([^"]*)"`).exec(opening)?.[1] ?? '';
}

function number(tag: string, name: string): number {
  return Number(attribute(tag, name) || 0);
}

function suitesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').match(suites) ?? [] : [];
}

function isFailed(testCase: string): boolean {
  return /<(failure|error)\b/.test(testCase);
}

function hasSkipped(testCase: string): boolean {
  return /<skipped\b/.test(testCase);
}

function count(testCases: string[]): Counts {
  const failed = testCases.filter(isFailed).length;
  const skipped = testCases.filter(hasSkipped).length;
  return { passed: testCases.length - failed - skipped, failed, skipped };
}

/** Counts a JUnit report; a missing report is one failure, so that a crashed runner is noticed. */
export function countJunit(file: string): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  return count(readFileSync(file, 'utf8').match(cases) ?? []);
}

/** Exit code of Jest, Playwright and pytest after failed tests; others mean that the runner itself failed. */
const testsFailed = 1;

/**
 * Counts the report of a test runner: one failure more when the runner itself failed, or failed although no test of
 * its report did.
 */
export function countRun(file: string, exitCode: number): Counts {
  const counts = countJunit(file);
  const isHidden =
    exitCode === testsFailed ? counts.failed === 0 : exitCode !== 0;
  return isHidden && existsSync(file)
    ? { ...counts, failed: counts.failed + 1 }
    : counts;
}

/** Returns the result of each test file in a report; the test runner names its suites by their files. */
export function readFiles(report: string): FileResult[] {
  return suitesOf(report).map(suite => {
    const all = suite.match(cases) ?? [];
    const seconds = number(suite, 'time');
    const inTests = all.reduce((sum, text) => sum + number(text, 'time'), 0);
    return {
      file: unescape(attribute(suite, 'name')),
      seconds,
      setUpSeconds: Math.max(0, seconds - inTests),
      failures: all
        .filter(isFailed)
        .map(text => `${unescape(attribute(text, 'name'))}\n${message(text)}`),
      ran: all.filter(text => !failedHooks.test(text) && !hasSkipped(text))
        .length,
      ...count(all),
    };
  });
}

/** Splits a report of pytest, which has one suite for all tests, into one suite per file. */
export function splitByFile(report: string): void {
  const files = new Map<string, string[]>();
  for (const text of suitesOf(report).flatMap(
    suite => suite.match(cases) ?? [],
  )) {
    const name = attribute(text, 'classname') || attribute(text, 'name');
    const file = `${name.replaceAll('.', '/')}.py`;
    files.set(file, [...(files.get(file) ?? []), text]);
  }
  if (files.size > 0)
    writeSuites(
      report,
      [...files].map(([file, texts]) => suiteOf(file, texts)),
    );
}

/** Replaces the result of a file in a report by that in a second report. */
export function replaceFile(
  report: string,
  file: string,
  second: string,
): void {
  const others = suitesOf(report).filter(
    suite => unescape(attribute(suite, 'name')) !== file,
  );
  writeSuites(report, [...others, ...suitesOf(second)]);
}

function message(testCase: string): string {
  const [, inBody = ''] =
    /<(?:failure|error)\b[^>]*>([\s\S]*?)<\/(?:failure|error)>/.exec(
      testCase,
    ) ?? [];
  const [, inTag = ''] =
    /<(?:failure|error)\b[^>]*\bmessage="([^"]*)"/.exec(testCase) ?? [];
  const text = inBody.replace(/^\s*<!\[CDATA\[|\]\]>\s*$/g, '') || inTag;
  return unescape(text);
}

const entities: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&#10;': '\n',
  '&amp;': '&',
};

function unescape(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|#10|amp);/g, one => entities[one]);
}

function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/"/g, '&quot;');
}

/** A check that no test runner runs. */
export interface CheckResult {
  name: string;
  failure?: string;
  isSkipped?: boolean;
  seconds?: number;
}

/** Runs a check, which returns its failure, or nothing. */
export async function timeCheck(
  name: string,
  check: () => Promise<string | undefined>,
): Promise<CheckResult> {
  const began = Date.now();
  const failure = await check();
  const seconds = (Date.now() - began) / 1000;
  return { name, seconds, ...(failure && { failure }) };
}

/** Returns the failure of a program with an exit code; nothing for 0. */
export function exitFailure(code: number): string | undefined {
  return code === 0 ? undefined : `exit code ${code}`;
}

/** Writes a report of checks, one test case for each, and counts them. */
export function writeJunit(
  file: string,
  suite: string,
  checks: CheckResult[],
): Counts {
  const texts = checks.map(({ failure, isSkipped, name, seconds = 0 }) => {
    const opening = `<testcase name="${escape(name)}" time="${seconds}"`;
    if (isSkipped) return `${opening}><skipped/></testcase>`;
    return failure
      ? `${opening}><failure message="${escape(failure)}"/></testcase>`
      : `${opening}/>`;
  });
  writeSuites(file, [suiteOf(suite, texts)]);
  return count(texts);
}

function suiteOf(name: string, texts: string[]): string {
  const failures = texts.filter(isFailed).length;
  const seconds = texts.reduce((sum, text) => sum + number(text, 'time'), 0);
  const attributes = `name="${escape(name)}" tests="${
    texts.length
  }" failures="${failures}" time="${seconds}"`;
  return `<testsuite ${attributes}>${texts.join('')}</testsuite>`;
}

/** Joins the reports of all suites into `junit.xml`. */
export function mergeJunit(folder: string): void {
  const files = globSync('*.xml', { cwd: folder })
    .filter(file => file !== 'junit.xml')
    .sort();
  writeSuites(
    join(folder, 'junit.xml'),
    files.flatMap(file => suitesOf(join(folder, file))),
  );
}

function writeSuites(file: string, all: string[]): void {
  const total = (name: string) =>
    all.reduce((sum, text) => sum + number(text, name), 0);
  writeFileSync(
    file,
    `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="${total(
      'tests',
    )}" failures="${total('failures')}">\n${all.join('\n')}\n</testsuites>\n`,
  );
}
