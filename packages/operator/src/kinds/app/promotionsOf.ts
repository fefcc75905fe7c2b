// The history of an app after it was deleted from the status.
import type {
  App,
  AppHistoryEntry,
  ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/**
 * Returns the promotions of an app that were carried out by request since it was created, newest first. Requests are
 * never deleted; choices of drafts and of releases in unprotected environments have none.
 *
 * @param requests - requests about the tenant of the app
 */
export function promotionsOf(
  { metadata }: App,
  requests: ChangeRequest[],
): AppHistoryEntry[] {
  const created = metadata.creationTimestamp ?? '';
  return requests
    .flatMap(({ spec, status }): AppHistoryEntry[] => {
      const { environment, release } = spec.proposed ?? {};
      const at = status?.verdict?.at ?? '';
      const isDone =
        spec.action === 'promote' &&
        spec.target.name === metadata.name &&
        status?.phase === 'Applied' &&
        at >= created;
      return isDone &&
        typeof environment === 'string' &&
        typeof release === 'string'
        ? [
            {
              environment,
              release,
              by: spec.requestedBy,
              reason: spec.reason,
              at,
            },
          ]
        : [];
    })
    .sort((a, b) => b.at.localeCompare(a.at));
}
