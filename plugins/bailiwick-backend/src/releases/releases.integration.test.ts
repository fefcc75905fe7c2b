import { coreKinds, KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  bundleName,
  appKind,
  domainPackKind,
  releaseKind,
  type App,
  type Contract,
  type DomainPack,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { app, bundle, pack } from '@bailiwick/backstage-testing/objects';
import { join } from 'node:path';
import { createTenant } from '../__testUtils__/createTenant';
import { people, type Name } from '../__testUtils__/people';
import { runUntilKilled } from '../__testUtils__/runUntilKilled';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const namespace = 'rates-desk--home';
const commit = '3f9c1e2a00000000000000000000000000000000';
const code = bundle('prices', namespace, commit.slice(0, 12), 'code');
const digest = code.metadata.annotations[annotations.bundleDigest];

const contract = (columns: string[]): Contract => ({
  functions: [
    {
      name: 'prices',
      parameters: {},
      result: {
        kind: 'table',
        columns: columns.map(name => ({ name, type: 'string' })),
      },
    },
  ],
});

integration('releases through the portal', () => {
  let portal: Portal;
  const admin = (): KubeClient => portal.cluster.client;
  const apps = () => admin().resource<App>(appKind);
  const path = '/tenants/rates-desk/apps/prices';

  const publish = (who: Name, environment = 'dev', format?: string) =>
    portal.call(who, 'POST', `${path}/releases`, { environment, format });

  /** Sets the status that the operator would write for dev. */
  async function answers(revision: string, columns: string[]) {
    const { body } = await portal.call('bea', 'GET', path);
    const before = body.app.status?.environments ?? [];
    const state = {
      name: 'dev',
      health: 'Healthy',
      why: 'One of one pods answers.',
      next: '',
      pods: { ready: 1, desired: 1 },
      since: '2026-01-01T00:00:00Z',
      revision,
      digest: revision === 'fffffff' ? `sha256:${'0'.repeat(64)}` : digest,
      contract: contract(columns),
    };
    await apps().patchStatus(
      'prices',
      { environments: [state, ...before.slice(1)] } as never,
      { namespace },
    );
    await eventually('The portal shows it', async () => {
      const { body: now } = await portal.call('bea', 'GET', path);
      return (
        now.app.status?.environments?.[0]?.contract?.functions[0].result.columns
          .length === columns.length
      );
    });
  }

  const stageOf = async (who: Name, name: string) => {
    const { body } = await portal.call(who, 'GET', path);
    return body.pipeline.stages.find(
      (stage: { name: string }) => stage.name === name,
    );
  };

  beforeAll(async () => {
    portal = await startPortal();
    await createTenant(admin());
    await admin().resource<DomainPack>(domainPackKind).create(pack('market'));
    await admin().resource(coreKinds.configMaps).create(code);
    const source = {
      repository: 'rates-desk/prices',
      path: '.',
      revision: commit,
    };
    await apps().create(app('prices', namespace, { source }));
    await portal.shows('bea', '/apps', 'prices');
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  it('are not created from code that is not responding yet', async () => {
    const { body, status } = await publish('bea');
    expect(status).toBe(409);
    expect(body.error.message).toContain('is not running in dev yet');
  });

  it('cannot be created by viewers, other people or the platform team', async () => {
    // The operator identifies commits by their first digits.
    await answers(commit.slice(0, 12), ['symbol', 'price']);
    for (const who of ['tom', 'eve', 'pia'] as const)
      expect([403, 404]).toContain((await publish(who)).status);
  });

  it('contain the running code, and are created once', async () => {
    const { body, status } = await publish('bea');
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { name: 'prices-r1', number: 1, commit },
    });
    const made = await admin()
      .resource<Release>(releaseKind)
      .get('prices-r1', { namespace });
    expect(made.spec).toMatchObject({
      app: 'prices',
      commit,
      bundle: { digest, runtime: 'market-py' },
      contract: contract(['symbol', 'price']),
      createdBy: people.bea.user,
    });
    const again = await publish('rita');
    expect(again.status).toBe(409);
    expect(again.body.error.message).toContain(
      'is already published as release prices-r1',
    );
    const elsewhere = await publish('bea', 'prod');
    expect(elsewhere.status).toBe(400);
    expect(elsewhere.body.error.message).toContain(
      'environments with a draft: dev',
    );
  });

  it('show on the pipeline of the app, with the rights of each role', async () => {
    await eventually('The portal shows it', async () => {
      const { body } = await portal.call('bea', 'GET', path);
      return body.pipeline.releases.length === 1;
    });
    const { body } = await portal.call('tom', 'GET', path);
    expect(body.pipeline).toMatchObject({
      stages: [
        { name: 'dev', protected: false, refusal: expect.any(String) },
        { name: 'prod', protected: true },
      ],
      releases: [{ name: 'prices-r1', createdBy: people.bea.user }],
    });
    expect(body.pipeline.releases[0]).not.toHaveProperty('contract');
    expect(await stageOf('bea', 'dev')).not.toHaveProperty('refusal');
  });

  it('are looked at before they run anywhere', async () => {
    const wanted = { environment: 'prod', release: 'prices-r1' };
    const before = await apps().get('prices', { namespace });
    const { body, status } = await portal.call(
      'bea',
      'POST',
      `${path}/promotions/preflight`,
      wanted,
    );
    expect({ status, ...body }).toMatchObject({
      status: 200,
      expected: null,
      problems: [],
      decidedBy: expect.arrayContaining(['group:default/rates']),
    });
    const verdicts = Object.fromEntries(
      body.gates.map((one: { check: string; verdict: string }) => [
        one.check,
        one.verdict,
      ]),
    );
    expect(verdicts).toEqual({
      code: 'Passed',
      contract: 'Passed',
      health: 'Passed',
      soak: 'Passed',
      runs: 'Missing',
      tests: 'Missing',
      data: 'Missing',
    });
    expect(await apps().get('prices', { namespace })).toEqual(before);
  });

  it('are blocked by breaking changes for readers, unless overridden', async () => {
    const wanted = { environment: 'dev', release: 'prices-r1', reason: 'Try.' };
    await answers('fffffff', ['symbol', 'price', 'volume']);
    const promote = (more: object) =>
      portal.call('bea', 'POST', `${path}/promotions`, { ...wanted, ...more });
    const refused = await promote({});
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain(
      'contract: Breaking changes for readers in dev: prices: Column volume was removed.',
    );
    expect(refused.body.error.message).toContain(
      'override contract in a new request',
    );
    const late = await promote({
      expected: 'prices-r0',
      overriddenChecks: ['contract'],
    });
    expect(late.status).toBe(409);
    expect(late.body.error.message).toContain(
      'The release in dev changed from prices-r0 to none',
    );
    const { body, status } = await promote({
      expected: null,
      overriddenChecks: ['contract'],
    });
    expect(status).toBe(200);
    expect(body.app.spec.environments).toEqual([
      {
        name: 'dev',
        release: 'prices-r1',
        because: { by: people.bea.user, reason: 'Try.' },
      },
    ]);
  });

  it('are replaced by the newest commit again', async () => {
    await eventually('The portal shows it', async () => {
      const { body } = await portal.call('bea', 'GET', path);
      return body.app.spec.environments[0].release === 'prices-r1';
    });
    const follow = (who: Name) =>
      portal.call(who, 'PUT', `${path}/environments/dev/draft`);
    expect((await follow('tom')).status).toBe(403);
    const { body, status } = await follow('bea');
    expect({ status, environments: body.spec?.environments }).toEqual({
      status: 200,
      environments: [{ name: 'dev', revision: 'draft' }],
    });
    expect((await follow('bea')).status).toBe(409);
  });

  it('have the lowest free number, also after someone has used the highest', async () => {
    const { apiVersion, kind } = releaseKind;
    const releases = admin().resource<Release>(releaseKind);
    const { spec } = await releases.get('prices-r1', { namespace });
    for (const number of [2, 999_999])
      await releases.create({
        apiVersion,
        kind,
        metadata: { name: `prices-r${number}`, namespace },
        spec: { ...spec, number, commit: 'eeeeeee' },
      });
    const next = 'abcdef0';
    await portal.cluster.client
      .resource<App>(appKind)
      .patch('prices', { spec: { source: { revision: next } } }, { namespace });
    await eventually('The portal shows it', async () => {
      const { body } = await portal.call('bea', 'GET', path);
      return body.app.spec.source.revision === next;
    });
    await answers(next, ['symbol']);
    await admin()
      .resource(coreKinds.configMaps)
      .create({
        ...code,
        metadata: {
          name: bundleName('prices', next),
          namespace,
          annotations: { [annotations.dockerfile]: 'true' },
        },
      });
    const { body, status } = await publish('bea');
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { name: 'prices-r3', number: 3, commit: next },
    });
    expect(body.dockerfile).toBeUndefined();
  });

  it('are published as an image of the same commit, with its Dockerfile', async () => {
    expect((await publish('bea', 'dev', 'tarball')).status).toBe(400);
    const { body, status } = await publish('bea', 'dev', 'image');
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        name: 'prices-r4',
        number: 4,
        format: 'image',
        dockerfile: true,
      },
    });
    expect((await publish('bea', 'dev', 'image')).body.error.message).toContain(
      'is already published as release prices-r4',
    );
    const image = `registry.test/rates-desk/prices@${digest}`;
    await admin()
      .resource<Release>(releaseKind)
      .patchStatus('prices-r4', { image }, { namespace });
    await eventually('The portal shows the image', async () => {
      const { body: now } = await portal.call('bea', 'GET', path);
      return now.pipeline.releases.some(
        (one: { image?: string }) => one.image === image,
      );
    });
  });

  it('have settings that are checked, and kept where a person decides', async () => {
    const set = (environment: string, parameters: object) =>
      portal.call(
        'bea',
        'PUT',
        `${path}/environments/${environment}/settings`,
        {
          parameters,
        },
      );
    const nowhere = await set('prod', {});
    expect(nowhere.status).toBe(400);
    expect(nowhere.body.error.message).toContain('its environments: dev');
    for (const name of ['colour', 'constructor', 'toString']) {
      const unknown = await set('dev', { [name]: 'red' });
      expect(unknown.status).toBe(400);
      expect(unknown.body.error.message).toContain(
        `The setting "${name}" does not exist`,
      );
    }
  });

  it('are complete or absent when the portal is killed, and can be published again', async () => {
    const releases = admin().resource<Release>(releaseKind);
    const { body } = await portal.call('bea', 'GET', path);
    for (const milliseconds of [0, 10, 20, 30, 40]) {
      const published = await runUntilKilled(
        join(__dirname, '__testUtils__/publishUntilKilled.ts'),
        [
          portal.cluster.kubeconfig,
          JSON.stringify(people.bea),
          JSON.stringify(body.app),
        ],
        milliseconds,
      );
      const stored = await releases.list({ namespace });
      expect(stored.map(({ metadata }) => metadata.name)).toEqual(
        expect.arrayContaining(published),
      );
      // A test above used the highest number.
      const numbers = stored
        .map(({ spec }) => spec.number)
        .filter(number => number < 999_999)
        .sort((a, b) => a - b);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      for (const { spec } of stored)
        expect(spec.contract.functions).toHaveLength(1);
    }
  });
});
