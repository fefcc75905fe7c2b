import {
  quantityToNumber,
  type EnvironmentLimits,
} from '@bailiwick/backstage-plugin-bailiwick-common';

/** What of a quota pods use up. */
type Counted = Pick<EnvironmentLimits, 'cpu' | 'memory' | 'pods'>;

/**
 * Why an environment has no room for so many pods more, with numbers; `undefined` when it has.
 *
 * @param each - what one pod counts for
 */
export function roomProblem(
  environment: string,
  { limit, used }: { limit: Counted; used: Counted },
  each: { cpu: string; memory: string },
  more: number,
): string | undefined {
  const rooms = (['pods', 'cpu', 'memory'] as const).map(what => {
    const one = what === 'pods' ? '1' : each[what];
    const left = thousandths(limit[what]) - thousandths(used[what]);
    return { what, one, room: Math.floor(left / thousandths(one)) };
  });
  const [{ one, room, what }] = rooms.sort((a, b) => a.room - b.room);
  if (more <= room) return undefined;
  const taken = `${used[what]} of ${limit[what]} ${what} are used`;
  const need = what === 'pods' ? '' : `, and each takes ${one}`;
  const left = Math.max(0, room);
  return `The environment ${environment} has room for ${left} of the ${more} pods that this adds: ${taken}${need}. Ask for fewer, take something else out of it, or ask for a larger plan`;
}

/** Whole numbers, which can be compared. */
function thousandths(quantity: string | number): number {
  return Math.round(quantityToNumber(String(quantity)) * 1000);
}
