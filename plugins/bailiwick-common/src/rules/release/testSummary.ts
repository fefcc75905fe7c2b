import type { TestReport } from '../../kinds';

/** Summarizes the outcome of tests in a sentence without a full stop. @public */
export function testSummary({ failed, passed, skipped }: TestReport): string {
  if (failed + passed === 0)
    return skipped > 0
      ? `All tests are skipped (${skipped})`
      : 'The code has no tests';
  const words =
    failed > 0
      ? `${failed} of ${count(passed + failed)} failed`
      : `${count(passed)} passed`;
  return skipped > 0 ? `${words}, ${skipped} skipped` : words;
}

function count(tests: number): string {
  return tests === 1 ? '1 test' : `${tests} tests`;
}
