// What people read about quotas, wherever they meet one: in a form, in a status, or after a refusal.
import {
  resourceNames,
  resources,
  type Amounts,
  type ContainerResource,
  type ResourceName,
  type ResourceRow,
} from '../../kinds/planResources';
import { amountToNumber } from './amounts';
import { nounFor, type ExceededQuota } from './exceededQuota';
import { roomForPods } from './roomForPods';

/** Limits and usage of an environment. @public */
export interface QuotaUsage {
  limit: Partial<Amounts>;
  used: Partial<Amounts>;
}

/** Remedy for an exhausted quota. @public */
export const quotaRemedy =
  'Pause or delete another app, or request a larger plan.';

/**
 * Returns the reason why an environment has no quota for more pods, with numbers and the remedy; `undefined` if it
 * has.
 *
 * @param each - requests of one pod
 * @param more - number of additional pods
 * @public
 */
export function quotaProblem(
  environment: string,
  quota: QuotaUsage,
  each: Pick<Partial<Amounts>, ContainerResource>,
  more = 1,
): string | undefined {
  const scarce = roomForPods(quota, each);
  if (!scarce || more <= scarce.room) return undefined;
  const { need, resource } = scarce;
  const takes = resource === 'pods' ? '' : `, ${need} per pod`;
  const room = Math.max(0, scarce.room);
  const lacking =
    more === 1
      ? 'no quota for another pod'
      : `quota for ${room} of ${more} additional pods`;
  return `Environment ${environment} has ${lacking}: ${usageOf(
    resource,
    quota,
  )}${takes}. ${quotaRemedy}`;
}

/** Returns the exceeded resources of a rejected object, with numbers. @public */
export function exceededQuotaMessage({
  limited,
  requested,
  used,
}: ExceededQuota): string {
  return `The quota is used up: ${used.join(', ')} of ${limited.join(
    ', ',
  )} used, ${requested.join(', ')} more needed.`;
}

/** Resources that every app needs, the most general one first. */
const neededByAll = resourceNames
  .filter(name => {
    const { consumer, isOptional }: ResourceRow = resources[name];
    return consumer !== 'volume' && !isOptional;
  })
  .reverse();

/** Returns the exhausted resource of an environment, with numbers; `undefined` while it has room for an app. @public */
export function exhaustedQuota(quota: QuotaUsage): string | undefined {
  const exhausted = neededByAll.find(
    name =>
      quota.limit[name] !== undefined &&
      amountToNumber(quota.used[name]) >= amountToNumber(quota.limit[name]),
  );
  return exhausted && usageOf(exhausted, quota);
}

/** Returns for example `1700m of 2 CPU used`. */
function usageOf(resource: ResourceName, { limit, used }: QuotaUsage): string {
  const most = `${limit[resource]}`;
  return `${used[resource] ?? 0} of ${most} ${nounFor(
    resources[resource].noun,
    most,
  )} used`;
}
