import type { App, Grant, Plan, Tenant } from '../kinds';

/** A tenant that the API server accepts. */
export function aTenant(
  spec: Partial<Tenant['spec']> = {},
  name = 'rates-desk',
): Tenant {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'Tenant',
    metadata: { name },
    spec: {
      title: 'Rates desk',
      purpose: 'Curves and prices for the morning meeting.',
      owners: ['group:default/rates'],
      members: [],
      plan: 'small',
      domains: [],
      environments: [{ name: 'dev', cluster: 'local', protected: false }],
      deletionProtection: true,
      ...spec,
    },
  };
}

/** An app that the API server accepts. */
export function anApp(
  spec: Partial<App['spec']> = {},
  name = 'month-end-prices',
): App {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'App',
    metadata: { name, namespace: 'default' },
    spec: {
      title: 'Month-end prices',
      owner: 'group:default/rates',
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      answers: {},
      source: {
        repository: 'rates-desk/month-end-prices',
        path: '.',
        revision: '3f9c1e2',
      },
      environments: [{ name: 'dev', revision: 'draft' }],
      delivery: { rest: true, csv: true },
      ...spec,
    },
  };
}

/** A grant that the API server accepts. */
export function aGrant(spec: Partial<Grant['spec']> = {}): Grant {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'Grant',
    metadata: { name: 'tom-excel', namespace: 'default' },
    spec: {
      app: 'month-end-prices',
      environment: 'prod',
      subject: 'user:default/tom',
      client: 'excel',
      expiresAt: '2999-01-01T00:00:00Z',
      tokenHash: `sha256:${'0'.repeat(64)}`,
      ...spec,
    },
  };
}

/** A plan that the API server accepts. */
export function aPlan(
  name = 'small',
  deciders = ['group:default/platform'],
): Plan {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'Plan',
    metadata: { name },
    spec: {
      title: 'Small',
      description: '',
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
      environments: { max: 3, names: ['dev', 'test', 'prod'] },
      gracePeriod: '14d',
      approval: { rules: [], deciders },
    },
  };
}
