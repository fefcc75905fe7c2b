import type {
  App,
  ContractFunction,
  Grant,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { tokenHash } from '../login/tokenHash';

/** A table function with parameters of several types. */
const prices: ContractFunction = {
  name: 'prices',
  parameters: {
    type: 'object',
    additionalProperties: false,
    properties: {
      symbols: { type: 'array', items: { type: 'string' } },
      start: { type: 'string', format: 'date' },
      limit: { type: 'integer' },
      adjusted: { type: 'boolean' },
    },
  },
  result: {
    kind: 'table',
    key: ['symbol'],
    columns: [
      { name: 'symbol', type: 'Symbol', schema: { type: 'string' } },
      {
        name: 'note',
        type: 'Text',
        nullable: true,
        schema: { type: 'string' },
      },
      { name: 'price', type: 'Money', schema: { type: 'number' } },
    ],
  },
};

/** A function that returns a single value. */
const mean: ContractFunction = {
  name: 'mean',
  parameters: {},
  result: { kind: 'value', schema: { type: 'number' } },
};

/** A function whose rows come one after another. */
export const ticks: ContractFunction = {
  name: 'ticks',
  parameters: {
    type: 'object',
    additionalProperties: false,
    properties: { symbol: { type: 'string' }, speed: { type: 'number' } },
  },
  result: { ...prices.result, kind: 'stream' },
};

/** The app `prices` of the tenant `desk`, running in `prod`. */
export function anApp(spec: Partial<App['spec']> = {}): App {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'App',
    metadata: { name: 'feed', namespace: 'desk--home' },
    spec: {
      title: 'Price feed',
      owner: 'group:default/desk',
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      answers: {},
      source: { repository: 'desk/feed', path: '.', revision: '3f9c1e2' },
      environments: [{ name: 'prod', revision: 'draft' }],
      delivery: { rest: true, csv: true },
      ...spec,
    },
    status: {
      environments: [
        {
          name: 'prod',
          health: 'Failed',
          why: 'The code does not load.',
          next: 'Look at the log.',
          revision: '3f9c1e2',
          pods: { ready: 1, desired: 1 },
          since: '2026-11-20T08:00:00Z',
          contract: { functions: [prices, mean] },
        },
      ],
    },
  };
}

/** The token of {@link aGrant}. */
export const token = 'bwk_0123456789abcdef';

/** A grant of tom for everything that the app `feed` delivers in `prod`. */
export function aGrant(spec: Partial<Grant['spec']> = {}): Grant {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'Grant',
    metadata: { name: 'tom-excel', namespace: 'desk--home', uid: 'u1' },
    spec: {
      app: 'feed',
      environment: 'prod',
      subject: 'user:default/tom',
      client: 'api',
      expiresAt: '2999-01-01T00:00:00Z',
      tokenHash: tokenHash(token),
      ...spec,
    },
  };
}

/** The tenant `desk`, in which tom reads, by himself and as one of the traders. */
export function aTenant(spec: Partial<Tenant['spec']> = {}): Tenant {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'Tenant',
    metadata: { name: 'desk' },
    spec: {
      title: 'Desk',
      purpose: 'Prices.',
      owners: ['group:default/desk'],
      members: [
        { subject: 'user:default/tom', role: 'viewer' },
        { subject: 'group:default/traders', role: 'viewer' },
      ],
      plan: 'small',
      domains: [],
      environments: [{ name: 'prod', cluster: 'local', protected: false }],
      deletionProtection: false,
      ...spec,
    },
  };
}

/** `Authorization` header of a token. */
export function basic(password: string, user = ''): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
