import {
  containerRequests,
  quotaProblem,
  readQuota,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Caches } from '../../cache';
import type { Workload } from '../app/workload';
import { limitsName } from './desired';

/** Returns why the quota of an environment has no room for a pod, `undefined` if it has. */
export function quotaProblemIn(
  { quotas }: Pick<Caches, 'quotas'>,
  {
    environment,
    limits,
    namespace,
    requests,
  }: Pick<Workload, 'environment' | 'limits' | 'namespace' | 'requests'>,
): string | undefined {
  const { hard = {}, used = {} } =
    quotas.get(limitsName, namespace)?.status ?? {};
  return quotaProblem(
    environment,
    { limit: readQuota(hard), used: readQuota(used) },
    containerRequests(limits, requests),
  );
}
