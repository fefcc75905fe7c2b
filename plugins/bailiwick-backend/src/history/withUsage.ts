import type { CallHistoryView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { slotAt } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { UsageSlot } from '../usage/UsageHistory';

/**
 * Adds CPU and memory to the points of a call history.
 *
 * @param createdAt - when the app was created; earlier usage belongs to another app of this name. RFC 3339
 * @param seconds - length of the slots
 */
export function withUsage(
  points: CallHistoryView['points'],
  used: UsageSlot[],
  { createdAt, seconds }: { createdAt?: string; seconds: number },
): CallHistoryView['points'] {
  const first = createdAt ? slotAt(Date.parse(createdAt), seconds) : 0;
  const bySlot = new Map(used.map(({ slot, ...usage }) => [slot, usage]));
  return points.map(point => {
    const slot = slotAt(Date.parse(point.at), seconds);
    const usage = slot >= first ? bySlot.get(slot) : undefined;
    if (!usage) return point;
    const { cores, memory } = usage;
    return {
      ...point,
      memory,
      ...(cores !== undefined && { cores: rounded(cores) }),
    };
  });
}

function rounded(cores: number): number {
  return Number(cores.toPrecision(3));
}
