import type {
  App,
  Cluster,
  DomainPack,
  Plan,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** A pack with one archetype that uses all hints. */
export const marketPack: DomainPack = {
  apiVersion: 'bailiwick.dev/v1alpha1',
  kind: 'DomainPack',
  metadata: { name: 'market' },
  spec: {
    version: '1.0.0',
    title: 'Market',
    description: 'Price feeds.',
    owners: ['group:default/platform'],
    vocabulary: [
      {
        name: 'Symbol',
        description: 'Ticker symbol of a share.',
        schema: { type: 'string', pattern: '^[A-Z]{1,5}$' },
        examples: ['AAPL'],
      },
      {
        name: 'Percent',
        unit: '%',
        schema: { type: 'number', minimum: 0 },
      },
    ],
    runtimes: [],
    datasets: [
      {
        name: 'stocks',
        file: 'data/stocks.csv',
        key: ['symbol'],
        licence: 'BSD-3-Clause',
        options: { symbol: ['AAPL', 'MSFT'] },
      },
      {
        name: 'bonds',
        file: 'data/bonds.csv',
        key: [],
        licence: 'CC0-1.0',
      },
    ],
    connections: [
      { name: 'terminal', title: 'Market terminal', kind: 'http' },
      { name: 'ledger', title: 'Ledger', kind: 'postgres' },
    ],
    archetypes: [
      {
        name: 'price-feed',
        title: 'Price feed',
        description: 'Monthly prices.',
        shape: 'function',
        runtime: 'market-py',
        minutes: 10,
        parameters: {
          type: 'object',
          required: ['symbols', 'fee'],
          properties: {
            symbols: {
              type: 'array',
              minItems: 1,
              items: {
                type: 'string',
                'x-bailiwick': {
                  vocabulary: 'Symbol',
                  options: { dataset: 'stocks', column: 'symbol' },
                },
              },
            },
            benchmark: {
              type: 'string',
              description: 'What to compare with.',
              'x-bailiwick': { vocabulary: 'Symbol' },
            },
            start: { type: 'string', title: 'First month' },
            end: {
              type: 'string',
              title: 'Last month',
              'x-bailiwick': { notBefore: 'start' },
            },
            hedged: { type: 'boolean', title: 'Hedged', default: false },
            fee: {
              title: 'Fee',
              default: 1,
              'x-bailiwick': {
                vocabulary: 'Percent',
                when: { parameter: 'hedged', is: [true] },
              },
            },
          },
        },
        settings: {
          type: 'object',
          properties: {
            source: { type: 'string', title: 'Source', default: 'close' },
          },
        },
        connections: ['terminal'],
        contract: {},
        files: [{ path: 'data/stocks.csv', content: '', render: false }],
      },
    ],
  },
};

/** A tenant with an owning group, a person and a group as members. */
export const ratesDesk: Tenant = {
  apiVersion: 'bailiwick.dev/v1alpha1',
  kind: 'Tenant',
  metadata: { name: 'rates-desk' },
  spec: {
    title: 'Rates desk',
    purpose: 'Curves and prices.',
    owners: ['group:default/rates'],
    members: [
      { subject: 'user:default/bea', role: 'builder' },
      { subject: 'group:default/traders', role: 'viewer' },
    ],
    plan: 'small',
    domains: ['market'],
    environments: [{ name: 'dev', cluster: 'local', protected: false }],
    deletionProtection: true,
  },
};

/** An app of that tenant from that archetype; it has not run yet. */
export const monthEndPrices: App = {
  apiVersion: 'bailiwick.dev/v1alpha1',
  kind: 'App',
  metadata: { name: 'month-end-prices', namespace: 'rates-desk--home' },
  spec: {
    title: 'Month-end prices',
    description: 'Monthly share prices.',
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
  },
};

/** The same app while it runs. */
export const runningApp: App = {
  ...monthEndPrices,
  status: {
    environments: [
      {
        name: 'dev',
        health: 'Healthy',
        why: 'One of one pod answers.',
        next: '',
        revision: '3f9c1e2',
        pods: { ready: 1, desired: 1 },
        since: '2026-11-20T08:00:00Z',
        contract: {
          functions: [
            {
              name: 'prices',
              parameters: { type: 'object', properties: {} },
              result: { kind: 'table', columns: [] },
            },
          ],
        },
      },
    ],
  },
};

/** The cluster on which the tenant's environment is. */
export const localCluster: Cluster = {
  apiVersion: 'bailiwick.dev/v1alpha1',
  kind: 'Cluster',
  metadata: { name: 'local' },
  spec: {
    title: 'This machine',
    provider: 'local',
    networking: { profile: 'none' },
  },
  status: { version: 'v1.36.3', heartbeat: '2026-11-20T08:00:00Z' },
};

/** A plan of a name and a rank. */
export function aPlan(name: string, order: number): Plan {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'Plan',
    metadata: { name },
    spec: {
      title: `The ${name} one`,
      description: 'For a first app. A rule decides.',
      order,
      environments: { max: 3, names: ['dev', 'prod'] },
      approval: { rules: [], deciders: ['group:default/platform'] },
    } as unknown as Plan['spec'],
  };
}
