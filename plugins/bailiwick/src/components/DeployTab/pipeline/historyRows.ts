import {
  formatCommit,
  isSameCommit,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  CommitView,
  PipelineView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { formatRelease } from '@bailiwick/backstage-plugin-bailiwick-react';

/** Something that happened to an app. */
export interface HistoryRow {
  id: string;
  /** RFC 3339. */
  at: string;
  /** Environment that ran something else from then on; absent when a release was published. */
  environment?: string;
  what: string;
  /** Entity reference of the person. */
  by?: string;
  /** Name of the commit's author, for commits that were never pushed as the newest one. */
  author?: string;
  /** Reason, or message of the commit. */
  details?: string;
  /** Commits of the previous and the new code; absent if the code is the same. */
  commits?: { from: string; to: string };
}

/** Finds a commit, also by its abbreviation. */
export function findCommit(
  commits: CommitView[],
  commit: string | undefined,
): CommitView | undefined {
  return commits.find(one => isSameCommit(one.commit, commit));
}

/** Returns deployments and releases with time and place, newest first. */
export function historyRows(
  app: AppView,
  { releases }: PipelineView,
  commits: CommitView[],
): HistoryRow[] {
  const history = app.status?.history ?? [];
  const commitOf = (entry: { release?: string; commit?: string }) =>
    entry.commit ?? releases.find(({ name }) => name === entry.release)?.commit;

  const deployed = history.map((entry, position): HistoryRow => {
    const { at, environment, reason, release } = entry;
    const to = commitOf(entry);
    const commit = findCommit(commits, to);
    const previous = history
      .slice(position + 1)
      .find(one => one.environment === environment);
    const from = previous && commitOf(previous);
    return {
      id: `${at} ${environment} ${release ?? to}`,
      at,
      environment,
      what: release
        ? formatRelease(release)
        : `draft, commit ${to && formatCommit(to)}`,
      ...whoOf(entry.by, release ? undefined : commit),
      details: reason ?? commit?.message,
      ...(from && to && !isSameCommit(from, to) && { commits: { from, to } }),
    };
  });
  const published = releases.map(
    ({ commit, createdAt, createdBy, name }): HistoryRow => ({
      id: `${createdAt} ${name}`,
      at: createdAt,
      what: `${formatRelease(name)} published`,
      by: createdBy,
      details: findCommit(commits, commit)?.message,
    }),
  );
  return [...deployed, ...published].sort((a, b) => b.at.localeCompare(a.at));
}

/** Returns the person who deployed it, otherwise the pusher or the author. */
function whoOf(
  chosenBy: string | undefined,
  commit: CommitView | undefined,
): Pick<HistoryRow, 'by' | 'author'> {
  const by = chosenBy ?? commit?.pushedBy;
  if (by) return { by };
  return commit ? { author: commit.author } : {};
}
