import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isReaderGrant } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  ReadingView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/**
 * Returns the readers of an app, by its tokens.
 *
 * @param now - milliseconds since 1970; expired tokens do not count
 */
export function viewReading(
  { metadata }: Pick<AppView, 'metadata'>,
  grants: Grant[],
  now: number,
): ReadingView {
  const reading = grants.filter(
    grant =>
      grant.metadata.namespace === metadata.namespace &&
      grant.spec.app === metadata.name &&
      isReaderGrant(grant, now),
  );
  const uses = reading.flatMap(({ status }) => status?.lastUsed ?? []).sort();
  return {
    people: [...new Set(reading.map(({ spec }) => spec.subject))].sort(),
    tokens: reading.length,
    calls: reading.reduce((sum, { status }) => sum + (status?.calls ?? 0), 0),
    lastAt: uses.at(-1),
  };
}
