import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  connectionKind,
  domainPackKind,
  tenantKind,
  type App,
  type Connection,
  type DomainPack,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { NewApp } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { eventually } from '@bailiwick/backstage-testing';
import { pack } from '@bailiwick/backstage-testing/objects';
import { createTenant } from '../__testUtils__/createTenant';
import type { Name } from '../__testUtils__/people';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const files = [
  { path: 'functions.py', content: 'X = ${{ values.limit }}\n', render: true },
];
const parameters = {
  type: 'object',
  required: ['limit'],
  properties: { limit: { type: 'integer', title: 'Limit', maximum: 10 } },
};

function market(): DomainPack {
  const made = pack('market');
  const [feed] = made.spec.archetypes;
  return {
    ...made,
    spec: {
      ...made.spec,
      archetypes: [
        { ...feed, files, parameters },
        {
          ...feed,
          name: 'report',
          shape: 'job',
          files,
          parameters,
          run: {
            steps: [{ function: 'report' }],
            schedule: '0 5 1 1 *',
            keep: 10,
            seconds: 600,
            storage: '2Gi',
          },
        },
      ],
      policies: [
        { rule: 'app.answers.limit <= 5', message: 'At most 5' },
        { rule: 'has(app.description)', message: 'Say what it is for' },
      ],
    },
  };
}

integration('the predicted result of creating an app', () => {
  let portal: Portal;
  const admin = (): KubeClient => portal.cluster.client;
  const namespace = 'rates-desk--home';

  const ask = (who: Name, changes: Partial<NewApp> = {}) =>
    portal.call(who, 'POST', '/tenants/rates-desk/apps/preflight', {
      name: 'feed',
      title: 'Feed',
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      answers: { limit: 3, place: 'is no answer' },
      environment: 'dev',
      ...changes,
    });

  beforeAll(async () => {
    portal = await startPortal();
    await admin().resource<DomainPack>(domainPackKind).create(market());
    await createTenant(admin());
    await admin()
      .resource<Tenant>(tenantKind)
      .patchStatus('rates-desk', {
        environments: [
          {
            name: 'dev',
            namespace: 'rates-desk--dev',
            ready: true,
            used: {
              cpu: '1950m',
              memory: '1Gi',
              storage: '0',
              pods: 4,
              apps: 2,
            },
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
    await portal.shows('bea', '/tenants', 'rates-desk');
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  it('is returned with code, object, steps and remaining quota, and creates nothing', async () => {
    const { body, status } = await ask('bea');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      problems: [
        'The quota is used up: 1950m CPU of 2 CPU used, 100m CPU more needed. Pause or delete another app, or request a larger plan.',
      ],
      steps: [
        { name: 'Write code' },
        { name: 'Create repository' },
        { name: 'Create app' },
      ],
      files: expect.arrayContaining([
        { path: 'functions.py', content: 'X = 3\n' },
      ]),
      rules: [
        { message: 'At most 5', holds: true },
        { message: 'Say what it is for', holds: false },
      ],
      quota: [
        { what: 'apps', used: '2', more: '1', limit: '5', fits: true },
        { what: 'pods', used: '4', more: '1', limit: '20', fits: true },
        { what: 'cpu', used: '1950m', more: '100m', limit: '2', fits: false },
        {
          what: 'memory',
          used: '1Gi',
          more: '128Mi',
          limit: '4Gi',
          fits: true,
        },
      ],
    });
    expect(body.object).toContain('name: feed');
    const apps = admin().resource<App>(appKind);
    expect(await apps.list({ namespace })).toEqual([]);
  });

  it.each([
    ['a name', { name: 'No name' }, /^name: .*lowercase/],
    ['an answer', { answers: { limit: 11 } }, /limit/],
    ['a missing answer', { answers: {} }, /limit/],
    ['an environment', { environment: 'moon' }, /has no environment "moon"/],
    [
      'a protected environment',
      { environment: 'prod' },
      /accepts only releases/,
    ],
    [
      'another version',
      { archetype: { pack: 'market', version: '0.9.0', name: 'price-feed' } },
      /has changed from version 0\.9\.0 to 1\.0\.0/,
    ],
    [
      'no archetype',
      { archetype: { pack: 'market', version: '1.0.0', name: 'x' } },
      /Archetype "x" was not found/,
    ],
  ])('names the problem: %s', async (_, changes, words) => {
    const { body, status } = await ask('bea', changes);
    expect(status).toBe(200);
    expect(body.problems.join('; ')).toMatch(words);
  });

  it('needs no storage with results in a bucket that the tenant can use', async () => {
    const connections = admin().resource<Connection>(connectionKind);
    const { apiVersion, kind } = connectionKind;
    const job = { pack: 'market', version: '1.0.0', name: 'report' };
    const wanted = { archetype: job, results: { connection: 'archive' } };
    const problems = async () =>
      (await ask('bea', wanted)).body.problems.join('; ');
    const storage = async (changes: Partial<NewApp>) =>
      (await ask('bea', changes)).body.quota.find(
        ({ what }: { what: string }) => what === 'storage',
      );

    expect(await problems()).toContain(
      'results: Connection "archive" for results does not exist.',
    );
    await connections.create({
      apiVersion,
      kind,
      metadata: { name: 'archive-of-others' },
      spec: {
        title: 'Archive',
        name: 'archive',
        s3: { bucket: 'results', region: 'eu-central-1', pathStyle: true },
        host: 's3.example',
        port: 443,
        tls: true,
        secret: 'archive',
        tenants: ['other'],
        egress: { cidrs: ['10.30.0.5/32'] },
      },
    });
    await eventually('The connection is known', async () =>
      (
        await problems()
      ).includes('is not available to tenant rates-desk in environment dev.'),
    );
    expect(
      (
        await portal.call('bea', 'POST', '/tenants/rates-desk/apps', {
          name: 'report',
          title: 'Report',
          answers: { limit: 3 },
          environment: 'dev',
          ...wanted,
        })
      ).status,
    ).toBe(400);
    await connections.patch('archive-of-others', {
      spec: { tenants: ['rates-desk'] },
    });
    await eventually(
      'The connection is available',
      async () => !(await problems()).includes('results:'),
    );
    const { body } = await ask('bea', wanted);
    expect(body.object).toContain('results:\n    connection: archive\n');
    expect(await storage(wanted)).toBeUndefined();
    expect(await storage({ archetype: job })).toMatchObject({ more: '2Gi' });
  });

  it('reports rejections by the API server', async () => {
    const { body, status } = await ask('tom');
    expect(status).toBe(200);
    expect(body.problems.join('; ')).toMatch(/cannot create/);
    expect((await ask('eve')).status).toBe(404);
  });
});
