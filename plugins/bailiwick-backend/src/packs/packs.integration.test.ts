import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  domainPackKind,
  labels,
  type App,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { keptPackName } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { eventually } from '@bailiwick/backstage-testing';
import { app, pack } from '@bailiwick/backstage-testing/objects';
import { createTenant } from '../__testUtils__/createTenant';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const { metadata, spec, ...rest } = pack('market');
const [feed] = spec.archetypes;

/** The first version, as it is kept: its apps run at a time that environments set. */
const kept: DomainPack = {
  ...rest,
  metadata: {
    name: keptPackName('market', spec.version),
    labels: { [labels.versionOf]: 'market' },
  },
  spec: {
    ...spec,
    archetypes: [
      {
        ...feed,
        shape: 'job',
        settings: {
          type: 'object',
          properties: { when: { type: 'string', default: '0 6 * * *' } },
        },
        run: {
          steps: [{ function: 'prices' }],
          scheduleFrom: 'when',
          keep: 10,
          seconds: 60,
          storage: '1Gi',
        },
      },
    ],
    journey: { firstApp: feed.name, readiness: ['description'] },
  },
};

const newest: DomainPack = {
  ...rest,
  metadata,
  spec: {
    ...spec,
    version: '2.0.0',
    archetypes: [{ ...feed, name: 'new-feed' }],
  },
};

integration('versions of packs in the portal', () => {
  let portal: Portal;
  const admin = (): KubeClient => portal.cluster.client;
  const path = '/tenants/rates-desk/apps/prices';

  beforeAll(async () => {
    portal = await startPortal();
    await createTenant(admin());
    const packs = admin().resource<DomainPack>(domainPackKind);
    await packs.create(kept);
    await packs.create(newest);
    await admin()
      .resource<App>(appKind)
      .create(app('prices', 'rates-desk--home'));
    await portal.shows('bea', '/apps', 'prices');
    await eventually('The portal knows the packs', async () => {
      const { body } = await portal.call('bea', 'GET', '/packs');
      return body.items.length > 0;
    });
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  it('are offered in the newest one alone', async () => {
    const { body } = await portal.call('bea', 'GET', '/packs');
    expect(
      body.items.map((one: DomainPack) => [
        one.metadata.name,
        one.spec.version,
      ]),
    ).toEqual([['market', '2.0.0']]);
    const [{ files, paths }] = body.items[0].spec.archetypes;
    expect(files).toBeUndefined();
    expect(paths).toEqual(
      [...feed.files.map(file => file.path), 'vocabulary.py'].sort(),
    );
    const of = (name: string, archetype: string) =>
      portal.call('bea', 'GET', `/packs/${name}/archetypes/${archetype}`);
    expect((await of('market', 'new-feed')).status).toBe(200);
    expect((await of(kept.metadata.name, feed.name)).status).toBe(404);
  });

  it('show an app by its own version', async () => {
    const { body } = await portal.call('bea', 'GET', path);
    expect(body).toMatchObject({
      work: {
        steps: [{ function: 'prices' }],
        schedules: [{ environment: 'dev', schedule: '0 6 * * *' }],
      },
      pipeline: { settings: { properties: { when: { type: 'string' } } } },
      readiness: [{ check: 'description' }],
    });
  });

  it('deploy an app and change its settings by its own version', async () => {
    const run = { environment: 'dev' };
    expect((await portal.call('bea', 'POST', `${path}/runs`, run)).status).toBe(
      201,
    );
    const set = (when: unknown) =>
      portal.call('bea', 'PUT', `${path}/environments/dev/settings`, {
        parameters: { when },
      });
    const refused = await set(5);
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toContain('when');
    expect((await set('5 * * * *')).status).toBe(200);
  });
});
