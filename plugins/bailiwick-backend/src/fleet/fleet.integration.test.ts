import {
  appKind,
  tenantKind,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { FleetView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { eventually } from '@bailiwick/backstage-testing';
import { createFeedApp } from '../__testUtils__/createFeedApp';
import { signedInAs, type Name } from '../__testUtils__/people';
import { portalPolicy } from '../__testUtils__/portalPolicy';
import { readEvents } from '../__testUtils__/readEvents';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('the fleet on a real API server', () => {
  let portal: Portal;
  const namespace = 'rates-desk--home';

  beforeAll(async () => {
    portal = await startPortal({ features: [portalPolicy] });
    await createFeedApp(portal);
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  const watch = (who: Name, lastEventId?: string) =>
    readEvents(`${portal.url}/fleet?watch=true`, {
      ...signedInAs(who),
      ...(lastEventId && { 'last-event-id': lastEventId }),
    });
  const fleet = async (who: Name) =>
    (await portal.call(who, 'GET', '/fleet')).body as FleetView;

  const report = (why: string) =>
    portal.cluster.client.resource<App>(appKind).patchStatus(
      'feed',
      {
        health: 'Failed',
        environments: [
          {
            name: 'dev',
            health: 'Failed',
            why,
            next: 'Look at the log.',
            pods: { ready: 0, desired: 1 },
            since: '2026-11-20T08:00:00Z',
          },
        ],
      },
      { namespace },
    );

  it('shows each person the apps that they may see', async () => {
    const { items, tenants } = await fleet('tom');
    expect(items).toEqual([
      expect.objectContaining({ tenant: 'rates-desk', name: 'feed' }),
    ]);
    expect(items[0]).not.toHaveProperty('answers');
    expect(tenants).toEqual([
      {
        name: 'rates-desk',
        title: 'Rates desk',
        myRole: 'viewer',
        operates: [],
      },
    ]);
    expect((await fleet('bea')).tenants[0].operates).toEqual(['dev']);
    expect((await fleet('rita')).tenants[0].operates).toEqual(['dev', 'prod']);
    expect((await fleet('pia')).items).toHaveLength(1);
    expect(await fleet('eve')).toEqual({ items: [], tenants: [] });
  });

  it('streams changes, and resumes after an interruption', async () => {
    const stream = await watch('bea');
    expect(await stream.next()).toMatchObject({
      type: 'snapshot',
      items: [{ name: 'feed' }],
    });
    await report('It crashes.');
    expect(await stream.next()).toMatchObject({
      type: 'changed',
      items: [
        {
          health: 'Failed',
          environments: [{ why: 'It crashes.', next: 'Look at the log.' }],
        },
      ],
    });
    const id = stream.lastId();
    stream.close();

    await report('It crashes again.');
    await eventually('The portal sees it', async () =>
      JSON.stringify(await fleet('bea')).includes('crashes again'),
    );
    const again = await watch('bea', id);
    expect(await again.next()).toMatchObject({
      type: 'changed',
      items: [{ environments: [{ why: 'It crashes again.' }] }],
    });
    again.close();
    // The last message of another person does not apply to this one.
    const other = await watch('eve', id);
    expect(await other.next()).toEqual({
      type: 'snapshot',
      items: [],
      tenants: [],
    });
    other.close();
  });

  it('serves fifty viewers through a restart of the API server', async () => {
    const streams = await Promise.all(
      Array.from({ length: 50 }, (_, at) => watch(at % 2 ? 'bea' : 'rita')),
    );
    try {
      for (const stream of streams)
        expect(await stream.next()).toMatchObject({ type: 'snapshot' });
      await report('It crashed before.');
      await Promise.all(streams.map(stream => stream.next()));
      portal.cluster.kill();
      await eventually('All are told that it is away', async () =>
        streams.every(stream => stream.staleness()),
      );
      await eventually(
        'The API server is back',
        async () => report('It crashed meanwhile.').then(() => true),
        30,
      );
      const seen = await Promise.all(streams.map(stream => stream.next()));
      for (const message of seen)
        expect(message).toMatchObject({
          type: 'changed',
          items: [{ environments: [{ why: 'It crashed meanwhile.' }] }],
        });
      await eventually('All are told that it is back', async () =>
        streams.every(stream => stream.staleness() === null),
      );
    } finally {
      for (const stream of streams) stream.close();
    }
  }, 90_000);

  it('hides the apps from people who lose the role', async () => {
    const stream = await watch('bea');
    const id = await stream.next().then(() => stream.lastId());
    await portal.cluster.client
      .resource<Tenant>(tenantKind)
      .patch('rates-desk', { spec: { members: [] } });
    expect(await stream.next()).toEqual({
      type: 'changed',
      items: [],
      removed: ['rates-desk/feed'],
      tenants: [],
    });
    stream.close();
    const again = await watch('bea', id);
    expect(await again.next()).toMatchObject({ type: 'snapshot', items: [] });
    again.close();
  });
});
