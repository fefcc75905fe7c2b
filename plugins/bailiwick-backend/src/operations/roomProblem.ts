import type {
  Amounts,
  ContainerResource,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { roomForPods } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/**
 * Why an environment has no room for so many pods more, with numbers; `undefined` when it has.
 *
 * @param each - what one pod requests
 */
export function roomProblem(
  environment: string,
  quota: { limit: Partial<Amounts>; used: Partial<Amounts> },
  each: Pick<Amounts, ContainerResource>,
  more: number,
): string | undefined {
  const scarce = roomForPods(quota, each);
  if (!scarce || more <= scarce.room) return undefined;
  const { need, resource, room } = scarce;
  const taken = `${quota.used[resource]} of ${quota.limit[resource]} ${resource} are used`;
  const takes = resource === 'pods' ? '' : `, and each takes ${need}`;
  const left = Math.max(0, room);
  return `The environment ${environment} has room for ${left} of the ${more} pods that this adds: ${taken}${takes}. Ask for fewer, take something else out of it, or ask for a larger plan`;
}
