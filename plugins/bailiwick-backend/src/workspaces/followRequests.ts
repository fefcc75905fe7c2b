import { setTimeout as pause } from 'node:timers/promises';
import type { WorkspaceCode } from './WorkspaceCode';

/** Milliseconds between two requests: code in a workspace can make any number of them. */
const interval = 1_000;
/** Milliseconds after the portal opened a workspace for which it answers. */
const longest = 12 * 3_600_000;

/** Answers requests of a workspace, one after the other, as long as it is open. */
export async function followRequests({
  code,
  isOpen,
  refresh,
  signal,
}: {
  code: Pick<WorkspaceCode, 'answerNext'>;
  isOpen: () => boolean;
  /** Called after each request, or after half a minute without one. */
  refresh: () => Promise<void>;
  signal: AbortSignal;
}): Promise<void> {
  const end = Date.now() + longest;
  while (!signal.aborted && isOpen() && Date.now() < end) {
    // It is restarting, or has stopped.
    await code.answerNext(signal).catch(() => {});
    await refresh();
    await pause(interval, undefined, { signal }).catch(() => {});
  }
}
