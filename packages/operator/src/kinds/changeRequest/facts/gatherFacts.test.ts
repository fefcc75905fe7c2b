import { plan, request, tenant } from '@bailiwick/backstage-testing/objects';
import {
  readAsOne,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Placement } from '../../../placement';
import { gatherFacts } from './gatherFacts';

const plans = new Map(
  [plan('small'), plan('lax')].map(one => [one.metadata.name, one]),
);
const owners = ['group:default/rates', 'group:default/leads'];
const clusters: string[] = [];
/** The tenants of each owner, as the copy indexes them. */
const owned = new Map<string, Tenant[]>();
/** Those that are read alike, as the copy indexes them. */
const alike = new Map<string, Tenant[]>();
const placement = {
  caches: {
    plans,
    tenants: {
      resource: { get: async () => tenant('desk', { owners }) },
      index: (name: string, key: string) =>
        (name === 'owner' ? owned : alike).get(key) ?? [],
    },
    apps: { index: () => [] },
    releases: { index: () => [] },
    requests: { index: () => [] },
    quotas: { get: () => undefined },
    clusters: { list: () => clusters.map(name => ({ metadata: { name } })) },
  },
  now: () => new Date('2026-11-20T00:00:00Z'),
} as unknown as Placement;
const { signal } = new AbortController();

describe('gatherFacts', () => {
  it.each([
    ['create', 'lax'],
    ['changePlan', 'lax'],
    ['setEnvironments', 'small'],
    ['renew', 'small'],
  ] as const)('judges %s by the plan %s', async (action, name) => {
    const asked = request('r', 'desk', { action, proposed: { plan: 'lax' } });
    const facts = await gatherFacts(placement, asked, signal);
    expect(facts.plan?.metadata.name).toBe(name);
    const to = facts.request.to as { name: string } | undefined;
    expect(to?.name ?? 'small').toBe(name);
  });

  it('finds a tenant with a look-alike name', async () => {
    alike.set(readAsOne('desk'), [tenant('desk'), tenant('de5k')]);
    const asked = request('r', 'desk', { action: 'create' });
    expect((await gatherFacts(placement, asked, signal)).similarName).toBe(
      'de5k',
    );
    alike.clear();
  });

  it('names missing clusters, once clusters are known', async () => {
    const asked = request('r', 'desk', { action: 'setEnvironments' });
    const { missingClusters } = await gatherFacts(placement, asked, signal);
    const dev = { name: 'dev', cluster: 'moon', protected: false };
    expect(missingClusters([dev])).toEqual([]);
    clusters.push('north', 'local');
    expect(missingClusters([dev, { ...dev, cluster: 'local' }])).toEqual([
      'Cluster "moon" of environment dev was not found; available: local, north',
    ]);
    clusters.length = 0;
  });

  it('counts each tenant of the owners once, including its own, and no ending ones', async () => {
    const [first, second, going] = ['a', 'b', 'c'].map(name => tenant(name));
    going.metadata.deletionTimestamp = '2026-11-20T00:00:00Z';
    owned.set(owners[0], [first, second, going]);
    owned.set(owners[1], [second]);
    const asked = request('r', 'desk', { action: 'renew', proposed: {} });
    const { evidence } = await gatherFacts(placement, asked, signal);
    expect(evidence.tenantsOfOwner).toBe(3);
  });
});
