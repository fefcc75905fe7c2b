import {
  testResponseSchema,
  type Release,
  type TestReport,
  type TestResponse,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  testSummary,
  withFullStop,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { shortenDetail } from './shortenDetail';

/** Result of the tests of a release. */
export type TestVerdict = Pick<
  NonNullable<NonNullable<Release['status']>['evidence']>[number],
  'verdict' | 'detail'
>;

/** Errors with which a runtime reports that something other than the code under test ended it. */
const interruption = 'try-interrupted';
const unsupported = 'tests-unsupported';

/**
 * Judges the response of a runtime that ran tests; returns `undefined` for a runtime that cannot run them.
 *
 * @throws Error when something else in the pod interrupted the tests
 */
export function judgeTests(response: unknown): TestVerdict | undefined {
  const answer = testResponseSchema.safeParse(response).data ?? {};
  const { error } = answer;
  if (error?.type === interruption) throw new Error(error.message);
  return error?.type === unsupported ? undefined : shortened(judge(answer));
}

function shortened({ detail, verdict }: TestVerdict): TestVerdict {
  return { verdict, detail: shortenDetail(detail) };
}

function judge({ error, problems = [], tests }: TestResponse): TestVerdict {
  if (tests) return judgeReport(tests);
  const [problem] = problems;
  if (problem)
    return failed(
      `The code can't be loaded: ${problem.file}:${problem.line}: ${problem.message}`,
    );
  return failed(
    error
      ? `The tests did not finish: ${error.message}`
      : 'The runtime returned no result of the tests.',
  );
}

function judgeReport(report: TestReport): TestVerdict {
  const summary = testSummary(report);
  const { failures, failed: wrong, passed } = report;
  if (wrong > 0) {
    const [first] = failures;
    return failed(
      first
        ? `${summary}: ${first.name}: ${first.message.split('\n')[0]}`
        : summary,
    );
  }
  return {
    verdict: passed > 0 ? 'Passed' : 'Missing',
    detail: withFullStop(summary),
  };
}

function failed(detail: string): TestVerdict {
  return { verdict: 'Failed', detail: withFullStop(detail) };
}
