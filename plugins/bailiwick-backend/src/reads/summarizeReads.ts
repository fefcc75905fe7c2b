import type { ReaderView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { ReadRecord } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Sums up the reads of an app by function, environment, reader and tool; the last reader comes first. */
export function summarizeReads(reads: readonly ReadRecord[]): ReaderView[] {
  const views = new Map<string, ReaderView>();
  for (const { at, client, environment, fn, status, subject } of reads) {
    const key = JSON.stringify([environment, fn, subject, client]);
    const {
      calls = 0,
      failed = 0,
      lastAt = at,
    } = views.get(key) ?? ({} as Partial<ReaderView>);
    views.set(key, {
      ...{ client, environment, fn, subject },
      calls: calls + 1,
      failed: failed + (status >= 400 ? 1 : 0),
      lastAt: lastAt > at ? lastAt : at,
    });
  }
  return [...views.values()].sort((one, other) =>
    other.lastAt.localeCompare(one.lastAt),
  );
}
