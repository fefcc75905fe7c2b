import {
  parseQuantity,
  type ResourceQuota,
} from '@bailiwick/backstage-kube-controller';
import { resources } from '../app/desired';
import type { Workload } from '../app/workload';

/**
 * Returns why the quota of an environment has no capacity for another pod; `undefined` when it
 * has.
 */
export function quotaProblem(
  quota: ResourceQuota | undefined,
  workload: Pick<Workload, 'environment' | 'limits' | 'requests'>,
): string | undefined {
  const { hard = {}, used = {} } = quota?.status ?? {};
  const { requests } = resources(workload);
  const needs: [string, string, string][] = [
    ['pods', '1', 'pods'],
    ['requests.cpu', requests.cpu, 'CPU'],
    ['requests.memory', requests.memory, 'memory'],
  ];
  const full = needs.find(
    ([name, amount]) =>
      hard[name] !== undefined &&
      number(used[name]) + number(amount) > number(hard[name]),
  );
  if (!full) return undefined;
  const [name, amount, word] = full;
  return `There is no room in ${workload.environment} for a pod more: ${
    used[name] ?? 0
  } of ${
    hard[name]
  } ${word} in use, ${amount} more needed; suspend another app, or ask for a larger plan.`;
}

function number(quantity = '0'): number {
  return parseQuantity(quantity) ?? 0;
}
