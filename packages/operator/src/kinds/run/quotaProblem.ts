import type { ResourceQuota } from '@bailiwick/backstage-kube-controller';
import { resources } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  containerRequests,
  readQuota,
  roomForPods,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Workload } from '../app/workload';

/**
 * Returns why the quota of an environment has no capacity for another pod; `undefined` when it
 * has.
 */
export function quotaProblem(
  quota: ResourceQuota | undefined,
  {
    environment,
    limits,
    requests,
  }: Pick<Workload, 'environment' | 'limits' | 'requests'>,
): string | undefined {
  const { hard = {}, used = {} } = quota?.status ?? {};
  const scarce = roomForPods(
    { limit: readQuota(hard), used: readQuota(used) },
    containerRequests(limits, requests),
  );
  if (!scarce || scarce.room > 0) return undefined;
  const { need, resource } = scarce;
  const { noun, quotaKey } = resources[resource];
  return `The quota of ${environment} has no capacity for another pod: ${
    used[quotaKey] ?? 0
  } of ${
    hard[quotaKey]
  } ${noun} used, ${need} more needed. Pause another app, or request a larger plan.`;
}
