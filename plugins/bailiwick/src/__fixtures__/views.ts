import type { Plan } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppView,
  DeploymentView,
  FleetRow,
  FleetTenant,
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

const apiVersion = 'bailiwick.dev/v1alpha1';

/** A tenant as one of its builders sees it. */
export function aTenant(fields: Partial<TenantView> = {}): TenantView {
  return {
    apiVersion,
    kind: 'Tenant',
    metadata: { name: 'rates-desk' },
    myRole: 'builder',
    spec: {
      title: 'Rates desk',
      purpose: 'Curves and prices for the morning meeting.',
      owners: ['group:default/rates'],
      members: [{ subject: 'user:default/bea', role: 'builder' }],
      plan: 'small',
      domains: ['market'],
      environments: [
        { name: 'dev', cluster: 'local', protected: false },
        { name: 'prod', cluster: 'local', protected: true },
      ],
      deletionProtection: true,
    },
    ...fields,
  };
}

/** An app that runs in one environment. */
export function anApp(fields: Partial<AppView> = {}): AppView {
  return {
    apiVersion,
    kind: 'App',
    metadata: { name: 'month-end-prices', namespace: 'rates-desk--home' },
    tenant: 'rates-desk',
    canBuild: true,
    canCreateToken: true,
    spec: {
      title: 'Month-end prices',
      owner: 'group:default/rates',
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      answers: {},
      source: {
        repository: 'rates-desk/month-end-prices',
        path: '.',
        revision: '3f9c1e2a9b8c7d6e',
      },
      environments: [{ name: 'dev', revision: 'draft' }],
      delivery: { rest: true, csv: true },
    },
    status: {
      health: 'Healthy',
      environments: [
        {
          name: 'dev',
          health: 'Healthy',
          why: 'One of one pod answers.',
          next: '',
          revision: '3f9c1e2a9b8c7d6e',
          pods: { ready: 1, desired: 1 },
          since: '2026-11-20T08:00:00Z',
          contract: {
            functions: [
              {
                name: 'prices',
                description: 'Monthly prices.',
                parameters: {
                  properties: {
                    symbols: {
                      type: 'array',
                      description: 'Which shares.',
                      items: {
                        type: 'string',
                        'x-bailiwick': { vocabulary: 'Symbol' },
                      },
                    },
                  },
                },
                result: {
                  kind: 'table',
                  columns: [{ name: 'price', type: 'Money', unit: 'USD' }],
                },
              },
            ],
          },
        },
      ],
    },
    ...fields,
  };
}

/** An app of the fleet that runs in two environments. */
export function aFleetRow(fields: Partial<FleetRow> = {}): FleetRow {
  const place = {
    cluster: 'local',
    health: 'Healthy',
    why: 'One of one pod answers.',
    next: '',
    pods: { ready: 1, desired: 1 },
    since: '2026-11-20T08:00:00Z',
  } as const;
  return {
    tenant: 'rates-desk',
    name: 'month-end-prices',
    title: 'Month-end prices',
    owner: 'group:default/rates',
    pack: 'market',
    version: '1.0.0',
    archetype: 'price-feed',
    shape: 'function',
    madeAt: '2026-11-19T08:00:00Z',
    health: 'Healthy',
    environments: [
      { name: 'dev', commit: '3f9c1e2a9b8c7d6e', ...place },
      { name: 'prod', protected: true, release: 'prices-7', ...place },
    ],
    ...fields,
  };
}

/** A tenant of the fleet, as one of its builders sees it. */
export function aFleetTenant(fields: Partial<FleetTenant> = {}): FleetTenant {
  return {
    name: 'rates-desk',
    title: 'Rates desk',
    myRole: 'builder',
    operates: ['dev'],
    ...fields,
  };
}

/** An open request that the reader may decide. */
export function aRequest(fields: Partial<RequestView> = {}): RequestView {
  return {
    apiVersion,
    kind: 'ChangeRequest',
    metadata: { name: 'rates-desk-create-1' },
    mine: false,
    canDecide: true,
    spec: {
      target: { kind: 'Tenant', name: 'rates-desk' },
      action: 'create',
      proposed: { ...aTenant().spec },
      reason: 'Prices for the morning meeting.',
      requestedBy: 'user:default/rita',
    },
    status: { phase: 'Open' },
    ...fields,
  };
}

/** A plan with room for one environment. */
export function aPlan(fields: Partial<Plan['spec']> = {}): Plan {
  return {
    apiVersion,
    kind: 'Plan',
    metadata: { name: 'small' },
    spec: {
      title: 'Small',
      description: 'For a first app.',
      order: 10,
      perEnvironment: {
        cpu: '2',
        memory: '4Gi',
        storage: '20Gi',
        apps: 5,
        pods: 20,
        defaultContainer: { cpu: '100m', memory: '128Mi' },
        maxContainer: { cpu: '1', memory: '2Gi' },
      },
      environments: { max: 1, names: ['dev', 'test', 'prod'] },
      gracePeriod: '14d',
      approval: { rules: [], deciders: ['group:default/platform'] },
      ...fields,
    },
  };
}

/** Returns the deployment view of an app. */
export function aDeployment(
  fields: Partial<DeploymentView> = {},
): DeploymentView {
  return {
    app: anApp(),
    pods: [
      {
        name: 'month-end-prices-1',
        environment: 'dev',
        phase: 'Running',
        ready: true,
        restarts: 0,
        isOfRun: false,
        containers: [
          {
            name: 'app',
            restarts: 0,
            port: 8080,
            requests: { cpu: '100m', memory: '128Mi' },
            limits: { cpu: '500m', memory: '512Mi' },
          },
        ],
      },
    ],
    events: [],
    builds: [],
    workspaces: [],
    pipeline: {
      stages: [
        { name: 'dev', protected: false, cluster: 'local' },
        { name: 'prod', protected: true, cluster: 'local' },
      ],
      releases: [],
    },
    readiness: [],
    reading: { people: [], tokens: 0, calls: 0 },
    ...fields,
  };
}
