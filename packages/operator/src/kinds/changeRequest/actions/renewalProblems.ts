import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/**
 * Returns why a renewal is invalid: it would not postpone the end. An earlier end requires another kind of request,
 * with other rules and approvers.
 *
 * @param what - such as `The tenant desk`
 * @param present - current end, RFC 3339; `undefined` if it has none
 */
export function renewalProblems(
  what: string,
  present: string | undefined,
  wanted: string,
  { status }: Pick<ChangeRequest, 'status'>,
): string[] {
  // The end is already set when the request is carried out again after an interruption.
  if (present === wanted && status?.phase === 'Approved') return [];
  if (!present) return [`${what} has no expiry, so it can't be renewed`];
  return Date.parse(wanted) > Date.parse(present)
    ? []
    : [`${what} expires on ${present}; choose a later date`];
}
