import {
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { aTenant, createTenant } from '../__testUtils__/createTenant';
import { signedInAs, type Name } from '../__testUtils__/people';
import { readEvents, type EventReader } from '../__testUtils__/readEvents';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('tenants on a real API server', () => {
  let portal: Portal;
  const streams: EventReader[] = [];

  beforeAll(async () => {
    portal = await startPortal();
    await createTenant(portal.cluster.client);
    await portal.shows('pia', '/tenants', 'rates-desk');
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);
  afterEach(() => streams.splice(0).forEach(stream => stream.close()));

  const tenants = () => portal.cluster.client.resource<Tenant>(tenantKind);

  async function watch(who: Name): Promise<EventReader> {
    const stream = await readEvents(
      `${portal.url}/tenants?watch=true`,
      signedInAs(who),
    );
    streams.push(stream);
    return stream;
  }

  it.each([
    ['rita', 'owner'],
    ['bea', 'builder'],
    ['tom', 'viewer'],
    ['pia', undefined],
  ] as const)('shows the tenant to %s as %s', async (who, myRole) => {
    const { body } = await portal.call(who, 'GET', '/tenants');
    expect(body.items).toHaveLength(1);
    expect(body.items[0].myRole).toBe(myRole);
  });

  it('shows nothing to people who are not members', async () => {
    const { body } = await portal.call('eve', 'GET', '/tenants');
    expect(body.items).toEqual([]);
  });

  it('returns the signed-in person as Kubernetes sees them', async () => {
    const { body } = await portal.call('pia', 'GET', '/me');
    expect(body).toEqual({
      user: 'user:default/pia',
      groups: ['group:default/platform'],
      platformEngineer: true,
    });
  });

  it('streams existing objects, changes and deletions', async () => {
    const stream = await watch('rita');
    const snapshot = await stream.next();
    expect(snapshot).toMatchObject({
      type: 'snapshot',
      items: [{ metadata: { name: 'rates-desk' }, myRole: 'owner' }],
    });

    await tenants().create(aTenant('second-desk'));
    expect(await stream.next()).toMatchObject({
      type: 'changed',
      item: { metadata: { name: 'second-desk' } },
    });
    await tenants().delete('second-desk');
    expect(await stream.next()).toEqual({
      type: 'removed',
      id: 'second-desk',
    });
  });

  it('reveals nothing to a stranger, not even the name of a deleted tenant', async () => {
    const stream = await watch('eve');
    expect(await stream.next()).toEqual({ type: 'snapshot', items: [] });

    await tenants().create(aTenant('secret-desk'));
    await tenants().delete('secret-desk');
    const eves = aTenant('eves-desk');
    Object.assign(eves.spec, { owners: ['group:default/others'], members: [] });
    await tenants().create(eves);
    // the first that Eve hears of is her own
    expect(await stream.next()).toMatchObject({
      type: 'changed',
      item: { metadata: { name: 'eves-desk' } },
    });
  });

  it('hides a tenant from a person who is no longer a member', async () => {
    const stream = await watch('bea');
    expect((await stream.next()).items).toHaveLength(1);
    const { members } = aTenant().spec;

    await tenants().patch('rates-desk', { spec: { members: [] } });
    expect(await stream.next()).toEqual({ type: 'removed', id: 'rates-desk' });
    await tenants().patch('rates-desk', { spec: { members } });
    expect(await stream.next()).toMatchObject({
      type: 'changed',
      item: { myRole: 'builder' },
    });
  });

  it('lists plans by rank, and the steps of the cluster', async () => {
    const plans = await eventually('The plans', async () => {
      const { body } = await portal.call('eve', 'GET', '/plans');
      return body.items.length > 1 && body.items;
    });
    const ranks = plans.map(({ spec }: any) => spec.order);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    const { body } = await portal.call('eve', 'GET', '/cluster');
    expect(body).toMatchObject({ ready: true, steps: [] });
  });
});
