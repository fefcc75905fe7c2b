import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  homeNamespace,
  type Plan,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  effectiveLimits,
  quotaOfAmounts,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  ephemeralStorage,
  ephemeralStorageKey,
} from '../../../ephemeralStorage';
import { tenantLabels } from './tenantLabels';

/** Name of the ResourceQuota and the LimitRange in each namespace of a tenant. */
export const limitsName = 'bailiwick';

/** Code bundles per app in an environment: the current one and two during rollouts. */
const bundlesPerApp = 3;
/** Secrets per app in an environment, including those being replaced. */
const secretsPerApp = 5;
/** Code bundles per app in the home namespace. */
const homeBundlesPerApp = 20;
/** ConfigMaps of Kubernetes itself in each namespace, and a few for people. */
const otherConfigMaps = 10;

/** Returns the most workspaces of a tenant: some people for each app, and more in small plans. */
function workspacesOf(apps: number): number {
  return apps * 5 + 10;
}

/** Returns the quota of an environment: its own limits within those of its plan. */
export function desiredEnvironmentQuota(
  tenant: string,
  environment: TenantEnvironment,
  plan: Plan['spec'],
): Desired {
  const limits = effectiveLimits(plan, environment);
  const { apps } = limits;
  return quota(
    environmentNamespace(tenant, environment.name),
    tenantLabels(tenant, environment.name),
    {
      ...quotaOfAmounts(limits),
      [`limits.${ephemeralStorageKey}`]: `${limits.pods}Gi`,
      persistentvolumeclaims: `${apps + workspacesOf(apps)}`,
      services: `${apps}`,
      'services.nodeports': '0',
      'services.loadbalancers': '0',
      'count/configmaps': `${apps * bundlesPerApp + otherConfigMaps}`,
      'count/secrets': `${apps * secretsPerApp + otherConfigMaps}`,
    },
  );
}

/** Returns the quota of the home namespace: numbers of objects, and no workloads. */
export function desiredHomeQuota(
  tenant: string,
  { perEnvironment }: Plan['spec'],
): Desired {
  const { apps } = perEnvironment;
  return quota(homeNamespace(tenant), tenantLabels(tenant), {
    pods: '0',
    services: '0',
    persistentvolumeclaims: '0',
    'count/apps.bailiwick.dev': `${apps}`,
    'count/releases.bailiwick.dev': `${apps * 200}`,
    'count/grants.bailiwick.dev': `${apps * 200}`,
    'count/runs.bailiwick.dev': `${apps * 200}`,
    'count/workspaces.bailiwick.dev': `${workspacesOf(apps)}`,
    'count/configmaps': `${apps * homeBundlesPerApp + otherConfigMaps}`,
    'count/secrets': `${otherConfigMaps}`,
  });
}

/**
 * Returns the default and maximum resources of a container; `charts/bailiwick/embedded/plans.yaml` contains the values
 * of the default plans.
 */
export function desiredLimitRange(
  tenant: string,
  environment: string,
  { perEnvironment }: Plan['spec'],
): Desired {
  const { defaultContainer, maxContainer } = perEnvironment;
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: {
      name: limitsName,
      namespace: environmentNamespace(tenant, environment),
      labels: tenantLabels(tenant, environment),
    },
    spec: {
      limits: [
        {
          type: 'Container',
          default: {
            ...defaultContainer,
            [ephemeralStorageKey]: ephemeralStorage.limit,
          },
          defaultRequest: {
            ...defaultContainer,
            [ephemeralStorageKey]: ephemeralStorage.request,
          },
          max: { ...maxContainer, [ephemeralStorageKey]: ephemeralStorage.max },
        },
      ],
    },
  };
}

function quota(
  namespace: string,
  labels: Record<string, string>,
  hard: Record<string, string>,
): Desired {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: limitsName, namespace, labels },
    spec: { hard },
  };
}
