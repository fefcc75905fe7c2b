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
  const taken = `${quota.used[resource]} of ${quota.limit[resource]} ${resource} used`;
  const takes = resource === 'pods' ? '' : `, ${need} per pod`;
  const left = Math.max(0, room);
  return `Environment ${environment} has quota for ${left} of the ${more} additional pods: ${taken}${takes}. Request fewer pods, free quota in the environment, or request a larger plan`;
}
