import { createHash } from 'node:crypto';
import {
  coreKinds,
  canI,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  kinds,
  releaseKind,
  type App,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  commit,
  Estate,
  runtimeImage,
} from '@bailiwick/backstage-testing/world';
import {
  attempt,
  body,
  creation,
  forbidden,
  mergePatch,
  notRefused,
} from './__testUtils__/Verdicts';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

const pods = '/api/v1/namespaces/alpha--dev/pods';
const repository = 'registry.test/bailiwick/python';
/** Digest of the code of the apps. */
const codeDigest = `sha256:${createHash('sha256')
  .update('code')
  .digest('hex')}`;
const digest = `sha256:${'0'.repeat(64)}`;

/** A container that the pod security standard of environments allows. */
const container = (name: string, image: string) => ({
  name,
  image,
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  },
});

function pod(images: { main?: string; init?: string }, spec: object = {}) {
  return body('v1', 'Pod', 'x', {
    spec: {
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [container('app', images.main ?? runtimeImage)],
      ...(images.init && { initContainers: [container('init', images.init)] }),
      ...spec,
    },
  });
}

const keeps = /^422 .*images of a tenant pod cannot be changed/;

/** Returns a request that changes the image of a pod's container. */
function imageChange(name: string, image: string) {
  const change = { spec: { containers: [{ name: 'app', image }] } };
  return {
    ...mergePatch(`${pods}/${name}`, change),
    contentType: 'application/strategic-merge-patch+json',
  };
}

/** A request to run another container beside those of a pod. */
function addition(name: string, image: string) {
  const ephemeralContainers = [container('late', image)];
  return mergePatch(`${pods}/${name}/ephemeralcontainers`, {
    spec: { ephemeralContainers },
  });
}

integration('images and storage of tenants', () => {
  let estate: Estate;

  beforeAll(async () => {
    estate = await Estate.start();
    await estate.letPodsCome('alpha--dev');
    await estate.admin.request(
      creation(pods, { ...pod({}), metadata: { name: 'there' } }),
    );
  }, 180_000);
  afterAll(() => estate?.stop(), 60_000);

  const asked = (images: { main?: string; init?: string }, spec?: object) =>
    attempt(estate.admin, creation(pods, pod(images, spec)));

  it("isolation/39 runs no image that only another tenant's credentials could pull", async () => {
    expect(
      await asked({}, { imagePullSecrets: [{ name: 'of-beta' }] }),
    ).toMatch(/^422 .*without credentials/);
    // Nor by the account that the pod runs as.
    const accounts = estate.admin.resource<KubeObject>(
      coreKinds.serviceAccounts,
    );
    await accounts.patch(
      'default',
      { imagePullSecrets: [{ name: 'of-beta' }] },
      { namespace: 'alpha--dev', fieldManager: 'kubectl' },
    );
    // Admission reads accounts from a cache, which hears of the change a moment later.
    await eventually('The account is refused', async () =>
      /^422 .*without credentials/.test(await asked({})),
    );
    await accounts.patch(
      'default',
      { imagePullSecrets: null },
      {
        namespace: 'alpha--dev',
        fieldManager: 'kubectl',
      },
    );
    await eventually(
      'The account is allowed again',
      async () => (await asked({})) === 'allowed',
    );
    const [deployment] = await estate.admin
      .resource(coreKinds.deployments)
      .list({ namespace: 'alpha--dev' });
    expect(deployment.spec).not.toHaveProperty(
      'template.spec.imagePullSecrets',
    );
  });

  it.each([
    'python:1',
    'bailiwick/python:1',
    'docker.io/bailiwick/python:1',
    'registry.test:5000/bailiwick/python:1',
    'registry.test/bailiwick/python-evil:1',
    'registry.test/bailiwick/python/evil:1',
    'evil.test/registry.test/bailiwick/python:1',
    'registrу.test/bailiwick/python:1',
    `registry.test/bailiwick/evil@${digest}`,
  ])(
    'isolation/40 runs no image of a place that is not listed, such as %s',
    async image => {
      const refusal = /^422 .*is not from a repository in the ConfigMap/;
      expect(await asked({ main: image })).toMatch(refusal);
      expect(await asked({ init: image })).toMatch(refusal);
      expect(await attempt(estate.admin, addition('there', image))).toMatch(
        refusal,
      );
      expect(await attempt(estate.admin, imageChange('there', image))).toMatch(
        keeps,
      );
    },
  );

  it('isolation/40 runs listed images, by any tag and digest', async () => {
    for (const main of [
      repository,
      `${repository}:2`,
      `${repository}@${digest}`,
    ])
      expect(await asked({ main })).toBe('allowed');
  });

  it("isolation/41 runs only images of the pack's runtime, regardless of signatures", async () => {
    const namespace = 'alpha--home';
    const { apiVersion, kind } = releaseKind;
    await estate.admin.resource<Release>(releaseKind).create({
      apiVersion,
      kind,
      metadata: { name: 'prices-r1', namespace },
      spec: {
        app: 'prices',
        number: 1,
        commit,
        bundle: { digest: codeDigest, runtime: `evil.test/python@${digest}` },
        archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
        answers: {},
        contract: { functions: [] },
        createdBy: 'user:default/alpha-builder',
      } as unknown as Release['spec'],
    });
    const apps = estate.admin.resource<App>(appKind);
    await apps.patch(
      'prices',
      { spec: { environments: [{ name: 'dev', release: 'prices-r1' }] } },
      { namespace, fieldManager: 'people' },
    );
    await eventually('The app says so', async () => {
      const { status } = await apps.get('prices', { namespace });
      const why = status?.environments?.[0].why ?? '';
      return why.includes('evil.test');
    });
    const [deployment] = await estate.admin
      .resource(coreKinds.deployments)
      .list({ namespace: 'alpha--dev' });
    expect(JSON.stringify(deployment)).not.toContain('evil.test');
  });

  it('isolation/42 gives no one a volume of their own choice', async () => {
    const claims = '/api/v1/namespaces/alpha--dev/persistentvolumeclaims';
    const claim = (spec: object) =>
      creation(
        claims,
        body('v1', 'PersistentVolumeClaim', 'x', {
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
            ...spec,
          },
        }),
      );
    expect(
      await notRefused(estate.member('alpha', 'owner'), estate.admin, [
        claim({ storageClassName: 'foreign' }),
        claim({ volumeName: 'of-beta', storageClassName: '' }),
        claim({}),
      ]),
    ).toEqual([]);
    for (const verb of ['create', 'patch', 'get', 'list'])
      expect(
        await canI(estate.member('alpha', 'owner'), {
          verb,
          group: '',
          resource: 'persistentvolumes',
        }),
      ).toBe(false);
  });

  it('isolation/43 repeats no secret in status, events, log or metrics', async () => {
    const value = 'correct-horse-battery-staple';
    const token = `bwk_${'a'.repeat(40)}`;
    const encoded = Buffer.from(value).toString('base64');
    await estate.admin.request(
      creation('/api/v1/namespaces/alpha--dev/secrets', {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'password' },
        stringData: { value, token },
      }),
    );
    const { apiVersion, kind } = coreKinds.configMaps;
    await estate.admin.resource(coreKinds.configMaps).create({
      apiVersion,
      kind,
      metadata: { name: 'settings', namespace: 'alpha--home' },
      data: { password: value },
    });
    await estate.giveTenant('gamma');
    await estate.admin.request({
      method: 'DELETE',
      path: '/api/v1/namespaces/alpha--dev/secrets/password',
    });
    const told: unknown[] = [
      estate.operator.log,
      await estate.operator.ask('/metrics'),
    ];
    for (const type of kinds)
      told.push(await estate.admin.resource<KubeObject>(type).list());
    told.push(await estate.admin.request({ path: '/api/v1/events' }));
    const everything = JSON.stringify(told);
    expect(everything).toContain('gamma');
    for (const secret of [value, token, encoded])
      expect(everything).not.toContain(secret);
    // People see no secret of their own tenant either, so that none leaks through a role.
    for (const role of ['owner', 'builder', 'viewer'] as const)
      expect(
        await attempt(estate.member('alpha', role), {
          path: '/api/v1/namespaces/alpha--dev/secrets',
        }),
      ).toMatch(forbidden);
  });

  // The last one, because it deletes the list of images.
  it('isolation/40 keeps a pod whose image is no longer listed, and lets it end', async () => {
    const finalizers = ['test.bailiwick.dev/held'];
    const held = { ...pod({}), metadata: { name: 'held', finalizers } };
    await estate.admin.request(creation(pods, held));
    await estate.admin.request({ method: 'DELETE', path: `${pods}/held` });
    const label = (value: string) =>
      estate.admin.request(
        mergePatch(`${pods}/held`, { metadata: { labels: { seen: value } } }),
      );
    const expectKept = async () => {
      const unlisted = `registry.test/bailiwick/evil@${digest}`;
      expect(
        await attempt(estate.admin, imageChange('held', unlisted)),
      ).toMatch(keeps);
    };
    const configMap =
      '/api/v1/namespaces/bailiwick-system/configmaps/runtime-images';
    const other = `registry.test/other/python@${digest}`;
    await estate.admin.request(
      mergePatch(configMap, { data: { 'bailiwick.python': other } }),
    );
    await eventually('The image is no longer listed', async () =>
      /^422 /.test(await asked({})),
    );
    await label('unlisted');
    await expectKept();
    expect(await asked({ main: other })).toBe('allowed');
    expect(await attempt(estate.admin, addition('there', other))).toBe(
      'allowed',
    );

    await estate.admin.request({ method: 'DELETE', path: configMap });
    await eventually(
      'Nothing is listed',
      async () => (await asked({ main: other })) !== 'allowed',
    );
    await label('without-list');
    await expectKept();
    await estate.admin.request(
      mergePatch(`${pods}/held`, { metadata: { finalizers: null } }),
    );
    expect(await attempt(estate.admin, { path: `${pods}/held` })).toMatch(
      /^404 /,
    );
  });
});
