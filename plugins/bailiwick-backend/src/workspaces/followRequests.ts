import { setTimeout as pause } from 'node:timers/promises';
import type { WorkspaceCode } from './WorkspaceCode';

/** Milliseconds between attempts to reach a workspace. */
const interval = 2_000;
/** Milliseconds after the portal opened a workspace for which it answers. */
const longest = 12 * 3_600_000;

/** Answers requests of a workspace, one after the other, as long as it is open. */
export async function followRequests({
  code,
  isOpen,
  signal,
}: {
  code: Pick<WorkspaceCode, 'answerNext'>;
  isOpen: () => boolean;
  signal: AbortSignal;
}): Promise<void> {
  const end = Date.now() + longest;
  while (!signal.aborted && isOpen() && Date.now() < end) {
    try {
      await code.answerNext(signal);
    } catch {
      // It is restarting, or has stopped.
      await pause(interval, undefined, { signal }).catch(() => {});
    }
  }
}
