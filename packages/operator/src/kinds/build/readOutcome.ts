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
  'artifact' | 'bytes' | 'line' | 'log' | 'next' | 'packages' | 'phase' | 'why'
>;

/** Maximum length of the log in the status, in characters. */
const maxLog = 8000;
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
  const lines = text.trimEnd().split('\n');
  const last = parseObject(lines.at(-1) ?? '');
  const outcome =
    judge(buildResultSchema.safeParse(last).data ?? {}, end.type) ??
    failed(`The build ended without a result${reasonOf(end)}.`, retry);
  const log = lines.slice(0, -1).join('\n').slice(-maxLog);
  return { ...outcome, ...(log && { log }) };
}

function judge(
  { artifact, bytes, count, error, packages, problems = [] }: BuildResult,
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
