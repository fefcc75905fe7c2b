import { repositoryRoot } from '@bailiwick/backstage-cli';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fixedWaitSeconds } from './fixedWaits';
import { readFiles } from './junit';
import type { SuiteResult } from './runSuites';

const browserTests = 'packages/app/e2e-tests';

/** Milliseconds of all processors since the machine started: in all, and with work. */
function processorTime(): { busy: number; total: number } {
  const times = cpus().map(cpu => cpu.times);
  const total = times.reduce(
    (sum, { idle, irq, nice, sys, user }) =>
      sum + idle + irq + nice + sys + user,
    0,
  );
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  return { busy: total - idle, total };
}

/** How busy a machine was. */
export interface Load {
  /** Busy part of the time of all processors. */
  busyFraction: number;
  /** Busy seconds of all processors together. */
  busySeconds: number;
}

/** Begins to measure how busy this machine is. @returns a function that gives how busy it was until then */
export function measureLoad(): () => Load {
  const first = processorTime();
  return () => {
    const last = processorTime();
    const busy = last.busy - first.busy;
    return {
      busyFraction: busy / (last.total - first.total),
      busySeconds: busy / 1000,
    };
  };
}

function row(cells: (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(head: string[], rows: (string | number)[][]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** Names a file from the root of the repository, whatever the test runner calls it. */
function relative(file: string): string {
  if (file.startsWith(repositoryRoot))
    return file.slice(repositoryRoot.length + 1);
  // Playwright names files from its own folder.
  return /^[\w-]+\.test\.ts$/.test(file) ? join(browserTests, file) : file;
}

/**
 * Writes `profile.json` and `profile.md`: seconds of each suite and file, seconds of set-up outside of tests, and
 * fixed waits.
 */
export function writeProfile(
  reports: string,
  results: SuiteResult[],
  whole: Load & { seconds: number },
): void {
  const files = results
    .flatMap(({ suite }) =>
      readFiles(join(reports, suite.report)).map(file => ({ suite, ...file })),
    )
    .map(({ file, suite, ...rest }) => ({
      ...rest,
      suite: suite.name,
      file: relative(file),
      fixedWaitSeconds: fixedWaitSeconds(join(repositoryRoot, relative(file))),
    }))
    .sort((a, b) => b.seconds - a.seconds);
  const suites = results.map(({ failed, passed, seconds, suite }) => {
    const own = files.filter(file => file.suite === suite.name);
    const sum = (of: (file: (typeof own)[number]) => number) =>
      Math.round(own.reduce((total, file) => total + of(file), 0));
    return {
      suite: suite.name,
      seconds,
      fileSeconds: sum(file => file.seconds),
      setUpSeconds: sum(file => file.setUpSeconds),
      fixedWaitSeconds: sum(file => file.fixedWaitSeconds),
      passed,
      failed,
    };
  });
  writeFileSync(
    join(reports, 'profile.json'),
    `${JSON.stringify({ ...whole, suites, files }, undefined, 2)}\n`,
  );
  const one = (seconds: number) => seconds.toFixed(1);
  const text = [
    '# Profile of the test run',
    `${Math.round(
      whole.seconds,
    )} s in all; the processors were busy ${Math.round(
      whole.busyFraction * 100,
    )} % of the time (${Math.round(whole.busySeconds)} s of processor time).`,
    table(
      ['suite', 'seconds', 'file seconds', 'set-up', 'fixed waits', 'tests'],
      suites.map(each => [
        each.suite,
        each.seconds,
        each.fileSeconds,
        each.setUpSeconds,
        each.fixedWaitSeconds,
        each.passed + each.failed,
      ]),
    ),
    table(
      ['file', 'seconds', 'set-up', 'fixed waits', 'tests'],
      files.map(each => [
        each.file,
        one(each.seconds),
        one(each.setUpSeconds),
        one(each.fixedWaitSeconds),
        each.passed + each.failed,
      ]),
    ),
  ];
  writeFileSync(join(reports, 'profile.md'), `${text.join('\n\n')}\n`);
}
