import { repositoryRoot } from '@bailiwick/backstage-cli';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixedWaitSeconds } from './fixedWaits';
import { readFiles } from './junit';
import type { Load } from './measureLoad';
import type { SuiteResult } from './runSuites';

const browserTests = 'packages/app/e2e-tests';

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
 * Writes `profile.json` and `profile.md`: seconds of each suite and file, how busy the machine was meanwhile, seconds of
 * setup outside of tests, and fixed waits.
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
  const suites = results.map(({ failed, load, passed, seconds, suite }) => {
    const own = files.filter(file => file.suite === suite.name);
    const sum = (of: (file: (typeof own)[number]) => number) =>
      Math.round(own.reduce((total, file) => total + of(file), 0));
    return {
      suite: suite.name,
      seconds,
      busyFraction: load.busyFraction,
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
      [
        ...['suite', 'seconds', 'busy', 'file seconds', 'setup'],
        ...['fixed waits', 'tests'],
      ],
      suites.map(each => [
        each.suite,
        each.seconds,
        `${Math.round(each.busyFraction * 100)} %`,
        each.fileSeconds,
        each.setUpSeconds,
        each.fixedWaitSeconds,
        each.passed + each.failed,
      ]),
    ),
    table(
      ['file', 'seconds', 'setup', 'fixed waits', 'tests'],
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
