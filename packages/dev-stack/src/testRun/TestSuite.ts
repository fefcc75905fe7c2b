/** What a part of the test run counted. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Where a part writes, and which of its tests are wanted. */
export interface SuiteContext {
  /** Folder for reports, one JUnit file for each part or more. */
  reports: string;
  /** Only tests whose file matches. */
  pattern?: string;
}

/** A part of the test run. */
export interface TestSuite {
  name: string;
  /** Group by which it is chosen on the command line. */
  group: 'lint' | 'types' | 'unit' | 'integration' | 'e2e';
  run(context: SuiteContext): Promise<Counts>;
}
