// What people read about quotas, wherever they meet one: in a form, in a status, or after a refusal.
import {
  resources,
  type Amounts,
  type ContainerResource,
} from '../../kinds/planResources';
import { nounFor, type ExceededQuota } from './exceededQuota';
import { roomForPods } from './roomForPods';

/** Remedy for an exhausted quota. */
export const quotaRemedy = 'Pause another app, or request a larger plan.';

/**
 * Returns the reason why an environment has no quota for more pods, with numbers and the remedy; `undefined` if it
 * has.
 *
 * @param each - requests of one pod
 * @param more - number of additional pods
 */
export function quotaProblem(
  environment: string,
  quota: { limit: Partial<Amounts>; used: Partial<Amounts> },
  each: Pick<Partial<Amounts>, ContainerResource>,
  more = 1,
): string | undefined {
  const scarce = roomForPods(quota, each);
  if (!scarce || more <= scarce.room) return undefined;
  const { need, resource } = scarce;
  const [used, limit] = [quota.used[resource] ?? 0, quota.limit[resource]];
  const taken = `${used} of ${limit} ${nounFor(
    resources[resource].noun,
    `${limit}`,
  )} used`;
  const takes = resource === 'pods' ? '' : `, ${need} per pod`;
  const room = Math.max(0, scarce.room);
  const lacking =
    more === 1
      ? 'no quota for another pod'
      : `quota for ${room} of ${more} additional pods`;
  return `Environment ${environment} has ${lacking}: ${taken}${takes}. ${quotaRemedy}`;
}

/** Returns the exceeded resources of a rejected object, with numbers. */
export function exceededQuotaMessage({
  limited,
  requested,
  used,
}: ExceededQuota): string {
  return `The quota of the environment is used up: ${used.join(
    ', ',
  )} of ${limited.join(', ')} used, ${requested.join(', ')} more needed.`;
}
