import {
  environmentNamespace,
  type Tenant,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { amountsOfQuota } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Caches } from '../../cache';
import { limitsName } from './desired';

/** State of an environment of a tenant. */
export type EnvironmentStatus = NonNullable<
  NonNullable<Tenant['status']>['environments']
>[number];

/** Returns the state of an environment from the caches of its cluster. */
export function environmentState(
  { namespaces, quotas }: Pick<Caches, 'namespaces' | 'quotas'>,
  tenant: string,
  { name }: Pick<TenantEnvironment, 'name'>,
): EnvironmentStatus {
  const namespace = environmentNamespace(tenant, name);
  const found = namespaces.get(namespace);
  const { hard, used } = quotas.get(limitsName, namespace)?.status ?? {};
  return {
    name,
    namespace,
    ready: found?.status?.phase === 'Active' && hard !== undefined,
    ...(used && { used: amountsOfQuota(used, hard) }),
    ...(hard && { limit: amountsOfQuota(hard) }),
  };
}
