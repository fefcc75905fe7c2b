import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  environmentNamespace,
  homeNamespace,
  labels,
  type Tenant,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { protectedLabel } from '../../../names';
import { tenantLabels } from './tenantLabels';

const podSecurity = Object.fromEntries(
  ['enforce', 'audit', 'warn'].flatMap(mode => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, 'latest'],
  ]),
);

type Named = Pick<Tenant, 'metadata' | 'spec'>;

/** Returns the home namespace with the apps, releases and grants of a tenant. */
export function desiredHomeNamespace(tenant: Named): Desired {
  const { name } = tenant.metadata;
  const guarded = tenant.spec.environments
    .filter(environment => environment.protected)
    .map(environment => environment.name);
  const own = { ...tenantLabels(name), [labels.role]: 'home' };
  // An admission policy keeps members from changing protected environments.
  return namespace(tenant, homeNamespace(name), own, {
    [annotations.protectedEnvironments]: guarded.join(','),
  });
}

/** Returns the namespace with the workloads of an environment. */
export function desiredEnvironmentNamespace(
  tenant: Named,
  environment: TenantEnvironment,
): Desired {
  const { name } = tenant.metadata;
  return namespace(tenant, environmentNamespace(name, environment.name), {
    ...tenantLabels(name, environment.name),
    [labels.role]: 'environment',
    [labels.cluster]: environment.cluster,
    [protectedLabel]: String(environment.protected),
  });
}

/** The admission policy of the cordon selects namespaces by this label and reports the reason. */
function namespace(
  { spec: { cordon } }: Named,
  name: string,
  own: Record<string, string>,
  notes: Record<string, string> = {},
): Desired {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        ...own,
        ...podSecurity,
        ...(cordon && { [labels.cordoned]: 'true' }),
      },
      annotations: {
        ...notes,
        ...(cordon && { [annotations.cordonReason]: cordon.reason }),
      },
    },
  };
}
