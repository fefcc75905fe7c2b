import {
  runProgram,
  StoppedError,
  type Priority,
} from '@bailiwick/backstage-cli';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeJunit } from './junit';
import { measureLoad, type Load } from './measureLoad';
import type { Outcome, SuiteContext, TestSuite } from './TestSuite';

/** Characters of the log of a suite that are shown when it failed, or when the run was stopped meanwhile. */
const shown = { failed: 30_000, stopped: 6_000 };

/** Result of a suite. */
export interface SuiteResult extends Outcome {
  suite: TestSuite;
  seconds: number;
  /** Of the whole machine, while the suite ran. */
  load: Load;
}

/** Options of {@link runLanes}. */
export interface RunOptions {
  reports: string;
  /** Whether all suites run: the output of each goes to a log, and is printed if the suite failed. */
  isWholeRun: boolean;
  /** Start of the run, in milliseconds since 1970, and milliseconds after which it should end. */
  timeLimit?: { began: number; milliseconds: number };
  pattern?: string;
  changed?: readonly string[];
}

/** Suites that run one after the other. */
export interface Lane {
  suites: TestSuite[];
  /** That of other programs unless given. */
  priority?: Priority;
}

/**
 * Runs lanes of suites beside each other, and the suites of a lane one after the other.
 *
 * @returns the results in the order of the lanes
 * @throws StoppedError when the run is ended by a signal; its programs are ended, too
 */
export async function runLanes(
  lanes: Lane[],
  options: RunOptions,
): Promise<SuiteResult[]> {
  const results = await Promise.all(
    lanes.map(async ({ priority, suites }) => {
      const done: SuiteResult[] = [];
      for (const suite of suites)
        done.push(await runSuite(suite, { ...options, priority }));
      return done;
    }),
  );
  return results.flat();
}

async function runSuite(
  suite: TestSuite,
  options: RunOptions & Pick<Lane, 'priority'>,
): Promise<SuiteResult> {
  const log = options.isWholeRun
    ? join(options.reports, suite.report.replace('.xml', '.log'))
    : undefined;
  process.stdout.write(`── ${suite.name}${log ? ': started' : ' ──'}\n`);
  const context = createContext(options, log);
  const began = Date.now();
  const loadUntilNow = measureLoad();
  const secondsSoFar = () => Math.round((Date.now() - began) / 1000);
  let isStopped = false;
  // Told at once: what tidies up after a signal may be killed before it ends.
  const tellOfStop = () => {
    isStopped = true;
    process.stdout.write(
      `── ${suite.name}: stopped after ${secondsSoFar()} s\n`,
    );
    if (log) process.stdout.write(endOf(log, shown.stopped));
  };
  process.once('SIGTERM', tellOfStop);
  const counts = await suite
    .run(context)
    .catch((error: Error) => {
      if (error instanceof StoppedError) throw error;
      context.print(`${error.stack}\n`);
      return writeJunit(join(options.reports, suite.report), suite.name, [
        { name: suite.name, failure: error.message },
      ]);
    })
    .finally(() => process.off('SIGTERM', tellOfStop));
  // No program ran at that moment that could have been ended.
  if (isStopped) throw new StoppedError();
  const seconds = secondsSoFar();
  if (log) {
    process.stdout.write(`── ${suite.name}: ended after ${seconds} s\n`);
    if (counts.failed > 0) process.stdout.write(endOf(log, shown.failed));
  }
  return { suite, seconds, load: loadUntilNow(), flaky: [], ...counts };
}

/** The last characters of a log, for the output of the run: reports are not kept everywhere. */
function endOf(log: string, characters: number): string {
  return existsSync(log) ? readFileSync(log, 'utf8').slice(-characters) : '';
}

/** Creates the context of a suite; without a log, output goes to that of this process. */
function createContext(
  {
    changed,
    isWholeRun,
    pattern,
    priority,
    reports,
    timeLimit,
  }: RunOptions & Pick<Lane, 'priority'>,
  log: string | undefined,
): SuiteContext {
  return {
    reports,
    pattern,
    changed,
    isWholeRun,
    isLate: part =>
      timeLimit !== undefined &&
      Date.now() - timeLimit.began > part * timeLimit.milliseconds,
    run: (program, args, suiteOptions) =>
      runProgram(program, args, { ...suiteOptions, log, priority }),
    print: text =>
      log ? appendFileSync(log, text) : process.stdout.write(text),
  };
}
