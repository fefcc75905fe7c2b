import { InputError } from '@backstage/errors';
import {
  fieldPath,
  firstIssues,
  issueWords,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { z } from 'zod';

/**
 * Checks untrusted input.
 *
 * @throws InputError with every problem as `path: message`.
 */
export function parse<S extends z.ZodType>(
  schema: S,
  input: unknown,
): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InputError(
    firstIssues(result.error)
      .map(issue =>
        [fieldPath(issue.path), issueWords(issue)].filter(Boolean).join(': '),
      )
      .join('; '),
  );
}
