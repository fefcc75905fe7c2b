import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the time has passed or the signal aborts; never rejects. */
export async function pause(
  milliseconds: number,
  signal?: AbortSignal,
): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}
