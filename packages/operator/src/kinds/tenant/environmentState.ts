import {
  parseQuantity,
  type ResourceQuota,
} from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  type Tenant,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common';
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
    ...(used && { used: amounts(used) }),
    ...(hard && { limit: amounts(hard) }),
  };
}

function amounts(resources: NonNullable<ResourceQuota['status']>['hard'] = {}) {
  return {
    cpu: resources['requests.cpu'] ?? '0',
    memory: resources['requests.memory'] ?? '0',
    storage: resources['requests.storage'] ?? '0',
    // The API server returns 1000 as `1k`.
    pods: parseQuantity(resources.pods ?? '0') ?? 0,
    apps: parseQuantity(resources['count/deployments.apps'] ?? '0') ?? 0,
  };
}
