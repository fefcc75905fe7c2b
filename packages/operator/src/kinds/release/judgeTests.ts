import {
  testResponseSchema,
  type Release,
  type TestReport,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  testSummary,
  withFullStop,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Result of the tests of a release. */
export type TestVerdict = Pick<
  NonNullable<NonNullable<Release['status']>['evidence']>[number],
  'verdict' | 'detail'
>;

/** Longest detail, in characters. */
const longest = 500;

/** Judges the response of a runtime that ran tests. */
export function judgeTests(response: unknown): TestVerdict {
  return shortened(judge(response));
}

/** Judges a runtime that runs no tests of this code. @param reason - its message */
export function judgeRefusal(reason: string): TestVerdict {
  return shortened({
    verdict: 'Missing',
    detail: withFullStop(`The runtime can't run the tests: ${reason}`),
  });
}

function shortened({ detail, verdict }: TestVerdict): TestVerdict {
  return {
    verdict,
    detail:
      detail.length > longest ? `${detail.slice(0, longest - 1)}…` : detail,
  };
}

function judge(response: unknown): TestVerdict {
  const { data } = testResponseSchema.safeParse(response);
  if (data?.tests) return judgeReport(data.tests);
  const [problem] = data?.problems ?? [];
  if (problem)
    return failed(
      `The code can't be loaded: ${problem.file}:${problem.line}: ${problem.message}`,
    );
  return failed(
    data?.error
      ? `The tests did not finish: ${data.error.message}`
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
