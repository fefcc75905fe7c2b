import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common';

/**
 * Why a renewal is none: it would end a life earlier, or leave it as it is. To end something is another
 * request, which other rules and people decide.
 *
 * @param what - such as `The tenant desk`
 * @param present - its end, RFC 3339; `undefined` when it has none of its own
 */
export function renewalProblems(
  what: string,
  present: string | undefined,
  wanted: string,
  { status }: Pick<ChangeRequest, 'status'>,
): string[] {
  // Carried out once more after an interruption, it has the wanted end.
  if (present === wanted && status?.phase === 'Approved') return [];
  if (!present)
    return [`${what} has no end of its own, so there is nothing to renew`];
  return Date.parse(wanted) > Date.parse(present)
    ? []
    : [
        `${what} ends on ${present}: choose an end after that; a renewal makes no life shorter`,
      ];
}
