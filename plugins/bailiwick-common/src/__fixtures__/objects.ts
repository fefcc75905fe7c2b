import type { App, Grant, Tenant } from '../kinds';

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
      archetype: { pack: 'finance', version: '1.0.0', name: 'price-feed' },
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
