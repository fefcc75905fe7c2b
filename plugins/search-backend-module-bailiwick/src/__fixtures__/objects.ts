import type { GuideView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type {
  App,
  ChangeRequest,
  DomainPack,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** A pack with a term whose name is compound. */
export const marketPack = {
  apiVersion: 'bailiwick.dev/v1alpha1',
  kind: 'DomainPack',
  metadata: { name: 'market' },
  spec: {
    version: '1.0.0',
    title: 'Market',
    description: 'Price feeds. With data of many years.',
    owners: ['group:default/platform'],
    vocabulary: [
      {
        name: 'TickerSymbol',
        description: 'Symbol of a share.',
        schema: { type: 'string' },
      },
    ],
    runtimes: [],
    datasets: [],
    archetypes: [],
  },
} as DomainPack;

/** A tenant of an owning group. */
export function aTenant(name: string, owner: string): Tenant {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'Tenant',
    metadata: { name, uid: `uid-of-${name}` },
    spec: {
      title: `The ${name}`,
      purpose: 'Confidential curves.',
      owners: [owner],
      members: [],
      plan: 'small',
      domains: ['market'],
      environments: [{ name: 'dev', cluster: 'local', protected: false }],
      deletionProtection: true,
    },
  };
}

const environment = (name: string, column: string) => ({
  name,
  health: 'Healthy' as const,
  why: '1 of 1 pods ready',
  next: '',
  pods: { ready: 1, desired: 1 },
  since: '2026-11-20T08:00:00Z',
  contract: {
    functions: [
      {
        name: 'prices',
        title: 'Prices at the end of each month.',
        description: 'Prices at the end of each month.\n\nFrom the file.',
        parameters: { type: 'object', properties: {} },
        result: {
          kind: 'table' as const,
          columns: [
            {
              name: column,
              type: 'TickerSymbol',
              description: 'Share that was traded. It can be empty.',
            },
          ],
        },
      },
    ],
  },
});

/** An app of a tenant that returns other columns in `dev` than in `test`, which the catalog shows. */
export function anApp(tenant: string): App {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'App',
    metadata: { name: 'month-ends', namespace: `${tenant}--home` },
    spec: {
      title: 'Month ends',
      description: 'Monthly share prices.',
      owner: 'group:default/rates',
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      answers: {},
      source: {
        repository: `${tenant}/month-ends`,
        path: '.',
        revision: '3f9c1e2',
      },
      environments: [{ name: 'dev', revision: 'draft' }],
      delivery: { rest: true, csv: true },
    },
    status: {
      environments: [
        environment('dev', 'unpublished_symbol'),
        environment('test', 'traded_symbol'),
      ],
    },
  };
}

/** A request to renew a tenant. */
export function aRequest(tenant: string): ChangeRequest {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'ChangeRequest',
    metadata: {
      name: `renew-${tenant}`,
      uid: `uid-of-renew-${tenant}`,
      creationTimestamp: '2026-11-20T08:00:00Z',
    },
    spec: {
      target: { kind: 'Tenant', name: tenant },
      action: 'renew',
      proposed: {},
      reason: 'Confidential reason.',
      requestedBy: 'user:default/former',
    },
  };
}

/** A guide with one heading below its beginning. */
export const connectGuide: GuideView = {
  name: 'connect',
  path: 'guide/connect.md',
  section: 'Apps and data',
  title: 'Connect',
  summary: 'Read data.',
  parts: [
    { anchor: '', level: 1, title: 'Connect', markdown: 'Read data. More.\n' },
    {
      anchor: 'excel',
      level: 2,
      title: 'Excel',
      markdown: 'Choose _Get data_.\n\nThen refresh.\n',
    },
  ],
};
