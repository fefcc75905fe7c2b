import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  homeNamespace,
  limitsOf,
  type EnvironmentLimits,
  type Plan,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { tenantLabels } from './tenantLabels';

/** Name of the quota and the limits in each namespace of a tenant. */
export const limitsName = 'bailiwick';

/** What quotas call the limits of an environment. */
export const quotaNames: Record<keyof EnvironmentLimits, string> = {
  cpu: 'requests.cpu',
  memory: 'requests.memory',
  storage: 'requests.storage',
  apps: 'count/deployments.apps',
  pods: 'pods',
};

/** Bundles that an environment keeps for each app: the current one and two that still run out. */
const bundlesPerApp = 3;
/** Secrets of connections that an environment keeps for each app, also while they change. */
const secretsPerApp = 5;
/** Bundles that the home namespace keeps for each app. */
const homeBundlesPerApp = 20;
/** ConfigMaps that Kubernetes itself puts into each namespace, and a few for people. */
const otherConfigMaps = 10;

/** Quota of one environment: its own limits, and what its plan allows. */
export function desiredEnvironmentQuota(
  tenant: string,
  environment: TenantEnvironment,
  plan: Plan['spec'],
): Desired {
  const { cpu, memory, storage, pods, apps } = limitsOf(plan, environment);
  const workloads = apps + plan.perEnvironment.workspaces;
  return quota(
    environmentNamespace(tenant, environment.name),
    tenantLabels(tenant, environment.name),
    {
      [quotaNames.cpu]: cpu,
      [quotaNames.memory]: memory,
      [quotaNames.storage]: storage,
      [quotaNames.pods]: `${pods}`,
      persistentvolumeclaims: `${workloads}`,
      services: `${workloads}`,
      'services.nodeports': '0',
      'services.loadbalancers': '0',
      [quotaNames.apps]: `${apps}`,
      'count/configmaps': `${workloads * bundlesPerApp + otherConfigMaps}`,
      'count/secrets': `${workloads * secretsPerApp + otherConfigMaps}`,
    },
  );
}

/** Quota of the home namespace: counts of objects, and no workloads. */
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
    'count/configmaps': `${apps * homeBundlesPerApp + otherConfigMaps}`,
    'count/secrets': `${otherConfigMaps}`,
  });
}

/** What a container gets that asks for nothing, and the most one may ask for. */
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
          default: defaultContainer,
          defaultRequest: defaultContainer,
          max: maxContainer,
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
