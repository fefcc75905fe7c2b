import { setTimeout as pause } from 'node:timers/promises';
import type { WorkspaceCode } from './WorkspaceCode';

/** Milliseconds after the portal opened a workspace for which it answers. */
const longest = 12 * 3_600_000;

/** Options of {@link followRequests}. */
export interface FollowOptions {
  code: Pick<WorkspaceCode, 'answerNext'>;
  isOpen: () => boolean;
  /** Called after each request, or after half a minute without one. */
  refresh: () => Promise<void>;
  signal: AbortSignal;
  /** Least milliseconds from one call to the next, whatever the code in the workspace answers; 1,000 by default. */
  interval?: number;
}

/** Answers requests of a workspace, one after the other, as long as it is open. */
export async function followRequests({
  code,
  interval = 1_000,
  isOpen,
  refresh,
  signal,
}: FollowOptions): Promise<void> {
  const end = Date.now() + longest;
  while (!signal.aborted && isOpen() && Date.now() < end) {
    // An error means that the workspace is restarting, or has stopped.
    await Promise.all([
      code.answerNext(signal).catch(() => {}),
      pause(interval, undefined, { signal }).catch(() => {}),
    ]);
    await refresh();
  }
}
