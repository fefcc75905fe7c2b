import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  type PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import searchPlugin from '@backstage/plugin-search-backend';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  kubernetesServiceRef,
  requestRules,
  tenantRules,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import { decideBailiwick } from '@bailiwick/backstage-plugin-permission-backend-module-bailiwick';
import { eventually } from '@bailiwick/backstage-testing';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { anApp, aRequest, aTenant, marketPack } from './__fixtures__/objects';
import { WatchedObjects } from './__testUtils__/WatchedObjects';
import { searchModuleBailiwick } from './module';

jest.setTimeout(60_000);

/** People with their groups; a stranger has none. */
const people: Record<string, string[]> = {
  rita: ['group:default/rates'],
  carl: ['group:default/credit'],
  stranger: [],
  pia: ['group:default/platform'],
};
const watched = new WatchedObjects({
  packs: [marketPack],
  tenants: [
    aTenant('rates', 'group:default/rates'),
    aTenant('credit', 'group:default/credit'),
  ],
  apps: [anApp('rates'), anApp('credit')],
  requests: [aRequest('rates'), aRequest('credit')],
});

/** The portal's policy and rules; everyone who has signed in can read the catalog, as with the portal's policy. */
const permissions = createServiceFactory({
  service: coreServices.permissions,
  deps: {},
  factory: () => {
    const { lists } = watched.service;
    const rules = [
      ...Object.values(tenantRules),
      ...Object.values(requestRules),
    ];
    const decide = (
      permission: Permission,
      credentials: unknown,
    ): PolicyDecision => {
      if (permission.name === catalogEntityReadPermission.name)
        return { result: AuthorizeResult.ALLOW };
      const { userEntityRef } = (credentials as any).principal;
      const groups = people[userEntityRef.split('/')[1]];
      const info = {
        userEntityRef,
        ownershipEntityRefs: [userEntityRef, ...groups],
      };
      return decideBailiwick(permission, { info } as PolicyQueryUser)!;
    };
    const resourceOf = (reference: string) => {
      const request = lists.requests.get(reference);
      const name = request?.spec.target.name ?? reference;
      return { request, tenant: lists.tenants.get(name) };
    };
    return {
      authorizeConditional: async (queries, { credentials }) =>
        queries.map(({ permission }) => decide(permission, credentials)),
      authorize: async (queries, { credentials }) =>
        queries.map(({ permission, resourceRef }) => {
          const decision = decide(permission, credentials);
          const isAllowed = rules.some(
            rule => rule.resourceType === (permission as any).resourceType,
          )
            ? createConditionAuthorizer(
                rules.filter(
                  rule =>
                    rule.resourceType === (permission as any).resourceType,
                ) as never,
              )(decision, resourceOf(resourceRef ?? '') as never)
            : decision.result === AuthorizeResult.ALLOW;
          return {
            result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          };
        }),
    };
  },
});

/** Documents as the catalog's own module adds them. */
const catalogModule = createBackendModule({
  pluginId: 'search',
  moduleId: 'catalog',
  register(env) {
    env.registerInit({
      deps: { index: searchIndexRegistryExtensionPoint },
      async init({ index }) {
        const documents = [
          'component:rates/month-ends',
          'api:rates/month-ends',
          'domain:default/rates',
          'group:bailiwick-tenants/rates',
          'domain:packs/market',
          'component:default/library',
        ].map(resourceRef => ({
          title: `Entity ${resourceRef}`,
          text: 'entity',
          location: `/catalog/${resourceRef}`,
          authorization: { resourceRef },
        }));
        index.addCollator({
          schedule: { run: async ({ fn, signal }) => fn(signal!) },
          factory: {
            type: 'software-catalog',
            visibilityPermission: catalogEntityReadPermission,
            getCollator: async () => Readable.from(documents),
          },
        });
      },
    });
  },
});

describe('search', () => {
  let backend: TestBackend;
  let docs: string;

  /** Locations of the results for a person, sorted. */
  async function find(who: string, query: string): Promise<string[]> {
    const response = await fetch(
      `http://127.0.0.1:${backend.server.port()}/api/search/query?${query}`,
      {
        headers: {
          authorization: mockCredentials.user.header(`user:default/${who}`),
        },
      },
    );
    const { results } = await response.json();
    return results.map(({ document }: any) => document.location).sort();
  }

  beforeAll(async () => {
    docs = await mkdtemp(join(tmpdir(), 'guides-'));
    await mkdir(join(docs, 'guide'));
    await writeFile(
      join(docs, 'guide/connect.md'),
      '# Connect\n\nRead data.\n\n## Excel\n\nOpen a worksheet.\n',
    );
    backend = await startTestBackend({
      features: [
        searchPlugin,
        searchModuleBailiwick,
        catalogModule,
        permissions,
        createServiceFactory({
          service: kubernetesServiceRef,
          deps: {},
          factory: () => watched.service,
        }),
        mockServices.rootConfig.factory({
          data: {
            bailiwick: { docs: { path: docs }, search: { wordEngine: true } },
            permission: { enabled: true },
          },
        }),
      ],
    });
    await eventually('All types are indexed', async () => {
      const counts = await Promise.all(
        ['traded_symbol', 'rates', 'renew'].map(term =>
          find('pia', `term=${term}`).catch(() => []),
        ),
      );
      return counts.every(({ length }) => length > 1);
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await rm(docs, { recursive: true, force: true });
  });

  it('finds a column by its name, for everyone who can read the catalog', async () => {
    for (const who of Object.keys(people))
      expect(await find(who, 'term=traded_symbol')).toEqual(
        expect.arrayContaining([
          '/catalog/credit/api/month-ends#prices.traded_symbol',
          '/catalog/rates/api/month-ends#prices.traded_symbol',
        ]),
      );
  });

  it.each(['trader_symbol', 'traded_simbol', 'confidentiel'])(
    'finds nothing for %s, which is only similar to other words',
    async term => {
      expect(await find('pia', `term=${term}`)).toEqual([]);
    },
  );

  it('finds the apps of a tenant by its title, not all their columns', async () => {
    expect(await find('stranger', 'term=the rates&types[0]=bailiwick')).toEqual(
      ['/catalog/rates/component/month-ends'],
    );
  });

  it('filters by kind', async () => {
    const query = 'term=market&types[0]=bailiwick&filters[kind]=domain';
    expect(await find('stranger', query)).toEqual([
      '/catalog/packs/domain/market',
    ]);
  });

  it('finds a part of a guide by a word in it, for everyone', async () => {
    for (const who of Object.keys(people))
      expect(await find(who, 'term=worksheet')).toEqual([
        '/docs/connect#excel',
      ]);
    const query = 'term=connect&types[0]=bailiwick-docs';
    expect(await find('stranger', query)).toContain('/docs/connect');
  });

  it.each([
    ['rita', ['/requests/renew-rates', '/tenants/rates']],
    ['carl', ['/requests/renew-credit', '/tenants/credit']],
    ['stranger', []],
    [
      'pia',
      [
        '/requests/renew-credit',
        '/requests/renew-rates',
        '/tenants/credit',
        '/tenants/rates',
      ],
    ],
  ])('shows confidential facts of tenants to %s as %j', async (who, found) => {
    expect(await find(who, 'term=confidential')).toEqual(found);
  });

  it('shows each app, tenant and pack once, and other entities', async () => {
    expect(await find('rita', 'term=entity')).toEqual([
      '/catalog/component:default/library',
    ]);
  });

  it('finds an app soon after its creation', async () => {
    const app = anApp('rates');
    app.metadata.name = 'curve';
    app.spec.title = 'Yield curve';
    watched.change({ apps: [anApp('rates'), anApp('credit'), app] });
    const location = '/catalog/rates/component/curve';
    const found = await eventually('The app is found', async () => {
      const locations = await find('stranger', 'term=yield');
      return locations.includes(location) && locations;
    });
    expect(found).toContain(location);
  });
});
