import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  clusterKind,
  domainPackKind,
  tenantKind,
  type App,
  type Cluster,
  type DomainPack,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { app, pack } from '@bailiwick/backstage-testing/objects';
import { createTenant } from '../__testUtils__/createTenant';
import type { Name } from '../__testUtils__/people';
import { portalPolicy } from '../__testUtils__/portalPolicy';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const namespace = 'rates-desk--home';

integration('operations on an app through the portal', () => {
  let portal: Portal;
  const admin = (): KubeClient => portal.cluster.client;
  const apps = () => admin().resource<App>(appKind);

  const ask = (
    who: Name,
    what: string,
    wanted: unknown = {},
    environment = 'dev',
    of = 'prices',
  ) =>
    portal.call(
      who,
      'POST',
      `/tenants/rates-desk/apps/${of}/environments/${environment}/${what}`,
      wanted,
    );
  const environments = async () =>
    (await apps().get('prices', { namespace })).spec.environments;

  beforeAll(async () => {
    portal = await startPortal({ features: [portalPolicy] });
    await createTenant(admin());
    const made = pack('market');
    const [feed] = made.spec.archetypes;
    const consume = {
      function: 'prices',
      connection: 'broker',
      topics: ['a'],
      window: { seconds: 1, messages: 1 },
      storage: '1Gi',
    };
    const archetypes = [
      feed,
      { ...feed, name: 'listener', shape: 'mqtt', consume },
    ];
    await admin()
      .resource<DomainPack>(domainPackKind)
      .create({ ...made, spec: { ...made.spec, archetypes } } as DomainPack);
    const tenants = admin().resource<Tenant>(tenantKind);
    await tenants.patchStatus('rates-desk', {
      environments: [
        {
          name: 'dev',
          namespace: 'rates-desk--dev',
          ready: true,
          used: { cpu: '1700m', memory: '1Gi', storage: '0', pods: 4, apps: 2 },
          limit: {
            cpu: '2',
            memory: '4Gi',
            storage: '20Gi',
            pods: 20,
            apps: 5,
          },
        },
      ],
    });
    await apps().create(
      app('prices', namespace, {
        environments: [
          { name: 'dev', revision: 'draft', parameters: { keep: 'me' } },
          { name: 'prod', release: 'prices-r1' },
        ],
      }),
    );
    const archetype = {
      pack: 'market',
      version: '1.0.0',
      name: 'listener',
    };
    await apps().create(app('listener', namespace, { archetype }));
    for (const one of ['prices', 'listener'])
      await portal.shows('bea', '/apps', one);
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  it('restart it, and change nothing else of it', async () => {
    const before = Date.now();
    const { body, status } = await ask('bea', 'restart');
    const [dev, prod] = await environments();
    expect({ status, dev, prod }).toEqual({
      status: 200,
      dev: {
        name: 'dev',
        revision: 'draft',
        parameters: { keep: 'me' },
        restartedAt: body.spec.environments[0].restartedAt,
      },
      prod: { name: 'prod', release: 'prices-r1' },
    });
    expect(Date.parse(dev.restartedAt!)).toBeGreaterThanOrEqual(before);
  });

  it('pause and resume it, each once', async () => {
    const untilSeen = (suspended: boolean) =>
      eventually('The portal knows', async () => {
        const { body } = await portal.call('bea', 'GET', '/apps');
        const found = body.items.find(
          (one: App) => one.metadata.name === 'prices',
        );
        return Boolean(found.spec.environments[0].suspended) === suspended;
      });
    expect(await ask('bea', 'suspension', { suspended: true })).toMatchObject({
      status: 200,
      body: { spec: { environments: [{ suspended: true }, {}] } },
    });
    await untilSeen(true);
    const restarted = await ask('bea', 'restart');
    expect(restarted.status).toBe(409);
    expect(restarted.body.error.message).toContain('is paused in dev');
    const again = await ask('rita', 'suspension', { suspended: true });
    expect(again.status).toBe(409);
    expect(await ask('rita', 'suspension', { suspended: false })).toMatchObject(
      { status: 200 },
    );
    expect((await environments())[0]).not.toHaveProperty('suspended');
    await untilSeen(false);
  });

  it('scale it within the quota, and report the limit', async () => {
    expect(await ask('bea', 'scale', { min: 2, max: 3 })).toMatchObject({
      status: 200,
      body: { spec: { environments: [{ replicas: { min: 2, max: 3 } }, {}] } },
    });
    const { body, status } = await ask('bea', 'scale', { min: 1, max: 4 });
    expect(status).toBe(409);
    expect(body.error.message).toContain(
      'Environment dev has quota for 3 of 4 additional pods: 1700m of 2 CPU used, 100m per pod.',
    );
    expect((await environments())[0].replicas).toEqual({ min: 2, max: 3 });
  });

  it('let it scale to zero until someone ends that, outside protected environments', async () => {
    const wanted = { min: 2, max: 3 };
    const minutes = async () => (await environments())[0].scaleToZeroMinutes;
    const scaled = { ...wanted, scaleToZeroMinutes: 15 };
    expect((await ask('bea', 'scale', scaled)).status).toBe(200);
    expect((await ask('bea', 'scale', wanted)).status).toBe(200);
    expect(await minutes()).toBe(15);
    const never = { ...wanted, scaleToZeroMinutes: null };
    expect((await ask('bea', 'scale', never)).status).toBe(200);
    expect(await minutes()).toBeUndefined();
    const { body, status } = await ask('rita', 'scale', scaled, 'prod');
    expect(status).toBe(400);
    expect(body.error.message).toContain('"prod" is protected');
  });

  it('let its new releases get some of the calls first, until someone ends that', async () => {
    const canary = { percent: 10, minutes: 5 };
    expect(await ask('bea', 'canary', { canary })).toMatchObject({
      status: 200,
      body: { spec: { environments: [{ canary }, {}] } },
    });
    expect((await ask('bea', 'canary', { canary: null })).status).toBe(200);
    expect((await environments())[0]).not.toHaveProperty('canary');
  });

  it('give it an address of its own where the cluster has a networking profile', async () => {
    const address = (wanted: boolean, who: Name = 'bea') =>
      ask(who, 'address', { address: wanted });
    expect((await address(false)).status).toBe(200);
    const { body, status } = await address(true);
    expect(status).toBe(409);
    expect(body.error.message).toBe(
      'The cluster gives apps no own addresses. Ask the platform team to choose a networking profile',
    );
    const networking = {
      profile: 'node-port' as const,
      hostRule: '{app}.{environment}.{tenant}.apps.test',
      nodePort: { port: 30_180 },
    };
    await admin()
      .resource<Cluster>(clusterKind)
      .patch('local', { spec: { networking } });
    expect(
      await eventually('It has one', async () => {
        const answer = await address(true);
        return answer.status === 200 && answer;
      }),
    ).toMatchObject({
      body: { spec: { environments: [{ address: true }, {}] } },
    });
    expect((await address(false, 'tom')).status).toBe(403);
    expect((await address(false)).status).toBe(200);
    expect((await environments())[0]).not.toHaveProperty('address');
  });

  it.each([
    ['address', { address: 'own' }, 'dev', 'address'],
    ['canary', { canary: { percent: 60, minutes: 5 } }, 'dev', 'percent'],
    ['canary', {}, 'dev', 'canary'],
    ['scale', { min: 1, max: 1, scaleToZeroMinutes: 4 }, 'dev', 'scaleToZero'],
    ['scale', { min: 3, max: 2 }, 'dev', 'min: must not be greater than max'],
    ['scale', { min: 0, max: 2 }, 'dev', 'pause the app instead'],
    ['scale', { min: 1, max: 101 }, 'dev', 'max'],
    ['suspension', {}, 'dev', 'suspended'],
    [
      'restart',
      {},
      'stage',
      'is not deployed in "stage"; its environments: dev, prod',
    ],
  ])(
    'report the problem with %s %j in %s',
    async (what, wanted, place, words) => {
      const { body, status } = await ask('bea', what, wanted, place);
      expect(status).toBe(400);
      expect(body.error.message).toContain(words);
    },
  );

  it('limit an app that consumes messages to one pod', async () => {
    const wanted = { min: 2, max: 2 };
    const { body, status } = await ask(
      'bea',
      'scale',
      wanted,
      'dev',
      'listener',
    );
    expect(status).toBe(400);
    expect(body.error.message).toContain('is limited to one pod');
  });

  it.each([
    ['rita', 'an owner', true, true],
    ['bea', 'a builder', true, false],
    ['tom', 'a viewer', false, false],
    ['pia', 'a platform engineer', false, false],
  ] as const)('predict the result for %s, %s', async (...row) => {
    const [who, , ...may] = row;
    const said = ['dev', 'prod'].map(async environment => {
      const { body } = await portal.call(
        who,
        'GET',
        `/tenants/rates-desk/apps/prices/environments/${environment}/rights`,
      );
      expect(body.protected).toBe(environment === 'prod');
      return !body.operate.refusal;
    });
    expect(await Promise.all(said)).toEqual(may);
    const happened = [];
    for (const environment of ['dev', 'prod']) {
      const { status } = await ask(who, 'restart', {}, environment);
      happened.push(status);
    }
    expect(happened).toEqual(may.map(one => (one ? 200 : 403)));
  });

  it('report in advance that the tenant is cordoned', async () => {
    const tenants = admin().resource<Tenant>(tenantKind);
    const cordon = (value: object | null) =>
      tenants.patch('rates-desk', { spec: { cordon: value } });
    await cordon({
      at: new Date().toISOString(),
      by: 'user:default/pia',
      reason: 'An audit.',
    });
    const refusal = expect.stringContaining('is cordoned');
    await eventually('Bea is told', async () => {
      const { body } = await portal.call(
        'bea',
        'GET',
        '/tenants/rates-desk/apps/prices/environments/dev/rights',
      );
      return body.operate.refusal && body;
    }).then(body =>
      expect(body).toMatchObject({
        operate: { refusal },
        terminal: { refusal },
      }),
    );
    const { body } = await portal.call(
      'bea',
      'GET',
      '/tenants/rates-desk/apps/prices',
    );
    expect(body.pipeline.stages[0]).toMatchObject({ refusal });
    await cordon(null);
    await eventually('It is over', async () => {
      const { body: now } = await portal.call(
        'bea',
        'GET',
        '/tenants/rates-desk/apps/prices/environments/dev/rights',
      );
      return !now.operate.refusal;
    });
  });

  it('run the actions of its code where a pod is ready', async () => {
    const act = (who: Name, verb: string, environment = 'dev') =>
      ask(who, `verbs/${verb}`, { parameters: {} }, environment);
    const unknown = await act('bea', 'reload');
    expect(unknown.status).toBe(400);
    expect(unknown.body.error.message).toContain(
      'has no custom action "reload" in dev; available: none',
    );
    const verbs = [{ name: 'retrain', parameters: {} }];
    const state = (name: string) => ({
      ...{ name, health: 'Healthy', why: '', next: '' },
      pods: { ready: 1, desired: 1 },
      since: '2026-01-01T10:00:00Z',
      contract: { functions: [], verbs },
    });
    await apps().patchStatus(
      'prices',
      { environments: [state('dev'), state('prod')] } as never,
      { namespace },
    );
    await eventually('The portal knows of the verb', async () => {
      const { body } = await act('bea', 'retrain');
      return body.error.message.includes('No pod of "prices" is ready in dev');
    });
    const statuses = [];
    for (const who of ['rita', 'bea', 'tom', 'pia', 'eve'] as const)
      for (const environment of ['dev', 'prod'])
        statuses.push((await act(who, 'retrain', environment)).status);
    // Whoever may gets as far as the pods that are not there.
    expect(statuses).toEqual([
      409, 409, 409, 403, 403, 403, 403, 403, 404, 404,
    ]);
    expect(portal.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'app-verb',
        meta: expect.objectContaining({ app: 'prices', verb: 'retrain' }),
      }),
    );
  });

  it('reveal nothing to people without access', async () => {
    for (const what of ['restart', 'suspension', 'scale'])
      expect(await ask('eve', what)).toMatchObject({ status: 404 });
    const { status } = await portal.call(
      'eve',
      'GET',
      '/tenants/rates-desk/apps/prices/environments/dev/rights',
    );
    expect(status).toBe(404);
  });

  it('are audited, also when they fail', async () => {
    portal.auditor.createEvent.mockClear();
    await ask('tom', 'scale', { min: 1, max: 1 });
    expect(portal.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'app-scale',
        meta: { tenant: 'rates-desk', app: 'prices', environment: 'dev' },
      }),
    );
    const [{ value }] = portal.auditor.createEvent.mock.results;
    expect((await value).fail).toHaveBeenCalledTimes(1);
  });
});
