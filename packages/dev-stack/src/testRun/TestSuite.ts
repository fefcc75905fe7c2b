/** Counts of a test suite. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A file that failed in the run and passed when it ran again, alone. */
export interface FlakyFile {
  file: string;
  /** Messages of the tests that failed in the first run. */
  first: string[];
  /** Output of the second run. */
  second: string;
}

/** Result of a suite. */
export interface Outcome extends Counts {
  flaky: FlakyFile[];
}

/** Runs a program of the test run with the suite's priority and output; returns its exit code. */
export type RunProgram = (
  program: string,
  args: string[],
  options?: { cwd?: string; env?: Record<string, string> },
) => Promise<number>;

/** Options of a suite: report folder, test selection, and a way to run programs. */
export interface SuiteContext {
  /** Folder for reports, at least one JUnit file for each suite. */
  reports: string;
  /** Only tests whose file matches. */
  pattern?: string;
  /** Only tests that these changed files, relative to the repository, can affect. */
  changed?: readonly string[];
  /** Whether all suites run, so that each has to be quick. */
  isWholeRun: boolean;
  /** Whether this part of the run's time limit has passed: what can wait is skipped, so that the rest has a result. */
  isLate(part: number): boolean;
  run: RunProgram;
  /** Writes to the suite's output. */
  print(text: string): void;
}

/** A suite of the test run. */
export interface TestSuite {
  name: string;
  /** Group by which the suite is chosen on the command line. */
  group:
    | 'lint'
    | 'types'
    | 'unit'
    | 'examples'
    | 'integration'
    | 'e2e'
    | 'bench';
  /** Name of its main JUnit file, below the reports folder. */
  report: string;
  run(context: SuiteContext): Promise<Counts | Outcome>;
}

/**
 * Environment in which programs in Go collect garbage less often: the control planes of tests take an eighth less
 * processor time, and half as much memory again.
 */
export const fewerCollections = { GOGC: '400' };

/** Counts of a suite that ran nothing. */
export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0 };

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}
