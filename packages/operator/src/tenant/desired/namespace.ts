import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  homeNamespace,
  labels,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { protectedLabel } from '../../names';
import { tenantLabels } from './tenantLabels';

const podSecurity = Object.fromEntries(
  ['enforce', 'audit', 'warn'].flatMap(mode => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, 'latest'],
  ]),
);

/** Namespace of the apps, releases and grants of a tenant. */
export function desiredHomeNamespace(tenant: string): Desired {
  return namespace(homeNamespace(tenant), {
    ...tenantLabels(tenant),
    [labels.role]: 'home',
  });
}

/** Namespace of the workloads of one environment. */
export function desiredEnvironmentNamespace(
  tenant: string,
  environment: TenantEnvironment,
): Desired {
  return namespace(environmentNamespace(tenant, environment.name), {
    ...tenantLabels(tenant, environment.name),
    [labels.role]: 'environment',
    [protectedLabel]: String(environment.protected),
  });
}

function namespace(name: string, own: Record<string, string>): Desired {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { ...own, ...podSecurity } },
  };
}
