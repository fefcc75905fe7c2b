import type { jobEnd } from '../../cache';
import {
  buildResultSchema,
  type Build,
  type BuildResult,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { parseObject } from '../../parseObject';

/** End of a build. */
export type Outcome = Pick<
  NonNullable<Build['status']>,
  | 'advisories'
  | 'artifact'
  | 'bytes'
  | 'line'
  | 'log'
  | 'next'
  | 'packages'
  | 'phase'
  | 'why'
>;

/** Maximum length of the log in the status, in characters. */
const maxLog = 8000;
const buildAgain = 'On the Builds tab of the app, choose Build again.';
const retry = 'Try again. If the problem persists, contact the platform team.';

/**
 * Reads the result of a build from its log, whose last line it is.
 *
 * @param end - the final condition of its Job
 */
export function readOutcome(
  text: string,
  end: NonNullable<ReturnType<typeof jobEnd>>,
): Outcome {
  const { log, result } = splitLog(text);
  const outcome =
    judge(buildResultSchema.safeParse(result).data ?? {}, end.type) ??
    (end.reason === 'PodFailurePolicy'
      ? failed('The steps of the Dockerfile need more than 1 GiB of memory.')
      : failed(`The build ended without a result${reasonOf(end)}.`, retry));
  return { ...outcome, ...(log && { log }) };
}

/**
 * Returns the end of a build that someone cancelled, or that nothing needs.
 *
 * @param text - the log so far
 */
export function cancelledOutcome(
  { spec: { cancelledBy } }: Pick<Build, 'spec'>,
  text = '',
): Outcome {
  const { log } = splitLog(text);
  return {
    phase: 'Cancelled',
    ...(cancelledBy
      ? { why: `The build was cancelled by ${cancelledBy}.`, next: buildAgain }
      : { why: 'The app no longer needs the build.' }),
    ...(log && { log }),
  };
}

/** Returns the end of the log of a build that is running. */
export function logSoFar(text: string): string {
  return splitLog(text).log;
}

/** Separates the result of a build, if it is complete, from the end of its log. */
function splitLog(text: string): { log: string; result: object } {
  const lines = text.trimEnd().split('\n');
  const result = parseObject(lines.at(-1) ?? '');
  const isComplete = Object.keys(result).length > 0;
  const shown = isComplete ? lines.slice(0, -1) : lines;
  return { log: shown.join('\n').slice(-maxLog), result };
}

function judge(
  {
    advisories,
    artifact,
    bytes,
    count,
    error,
    packages,
    problems = [],
  }: BuildResult,
  end: string,
): Outcome | undefined {
  const [first] = problems;
  if (first) {
    const others = (count ?? problems.length) - 1;
    const more = others > 0 ? ` (and ${others} more)` : '';
    return {
      ...failed(withFullStop(`${first.message}${more}`)),
      ...(first.line > 0 && { line: first.line }),
    };
  }
  if (error) return failed(withFullStop(error), retry);
  // Packages can print anything before their build is killed.
  if (end !== 'Complete') return undefined;
  return (
    packages && {
      phase: 'Succeeded',
      packages,
      ...(advisories && { advisories }),
      ...(artifact && { artifact }),
      ...(bytes !== undefined && { bytes }),
    }
  );
}

function failed(why: string, next?: string): Outcome {
  return { phase: 'Failed', why, ...(next && { next }) };
}

function reasonOf({
  message,
  reason,
}: {
  reason?: string;
  message?: string;
}): string {
  const words = message ?? reason;
  return words ? `: ${words.replace(/\.$/, '')}` : '';
}
