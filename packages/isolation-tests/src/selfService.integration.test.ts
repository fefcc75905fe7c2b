import {
  coreKinds,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  changeRequestKind,
  tenantKind,
  type ChangeRequest,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  bundle,
  request,
  inDays,
} from '@bailiwick/backstage-testing/objects';
import { discover } from './__testUtils__/Discovery';
import { commit, Estate } from '@bailiwick/backstage-testing/world';
import {
  attempt,
  body,
  creation,
  forbidden,
  notRefused,
} from './__testUtils__/Verdicts';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(180_000);

const home = '/api/v1/namespaces/alpha--home';
const bailiwick = '/apis/bailiwick.dev/v1alpha1/namespaces/alpha--home';

integration('self-service in a tenant', () => {
  let estate: Estate;

  beforeAll(async () => {
    estate = await Estate.start();
  }, 180_000);
  afterAll(() => estate?.stop(), 60_000);

  const wanted = app('mine', 'alpha--home', {
    owner: 'group:default/alpha',
    source: { repository: 'alpha/mine', path: '.', revision: commit },
  });
  const grant = (user: string) => ({
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'Grant',
    metadata: { name: 'mine' },
    spec: {
      app: 'prices',
      environment: 'dev',
      subject: user,
      membership: user,
      client: 'api',
      expiresAt: inDays(90),
      tokenHash: `sha256:${'0'.repeat(64)}`,
    },
  });

  it('isolation/57 lets owners and builders create apps, code, grants and requests', async () => {
    for (const role of ['owner', 'builder'] as const) {
      const person = estate.member('alpha', role);
      const verdicts = [
        await attempt(person, creation(`${bailiwick}/apps`, wanted)),
        await attempt(
          person,
          creation(
            `${home}/configmaps`,
            bundle('mine', 'alpha--home', commit, 'code'),
          ),
        ),
        await attempt(
          person,
          creation(
            `${bailiwick}/grants`,
            role === 'builder'
              ? grant(`user:default/alpha-${role}`)
              : {
                  ...grant('user:default/eve'),
                  spec: {
                    ...grant('user:default/eve').spec,
                    membership: undefined,
                  },
                },
          ),
        ),
      ];
      expect([role, verdicts]).toEqual([
        role,
        ['allowed', 'allowed', 'allowed'],
      ]);
    }
    const ask = (user: string) =>
      creation(
        '/apis/bailiwick.dev/v1alpha1/changerequests',
        request('more', 'alpha', {
          action: 'changePlan',
          proposed: { plan: 'small' },
          requestedBy: user,
        }),
      );
    expect(
      await attempt(
        estate.member('alpha', 'owner'),
        ask('user:default/alpha-owner'),
      ),
    ).toBe('allowed');
    expect(
      await attempt(
        estate.member('alpha', 'builder'),
        ask('user:default/alpha-builder'),
      ),
    ).toMatch(/Only owners of the tenant/);
  });

  it('isolation/57 creates everything else for them, from their app', async () => {
    // Tenants do not need raw objects in Bailiwick: see ADR 0011.
    const raw = [
      ['/apis/rbac.authorization.k8s.io/v1', 'roles', 'Role', { rules: [] }],
      [
        '/apis/autoscaling/v2',
        'horizontalpodautoscalers',
        'HorizontalPodAutoscaler',
        {
          spec: {
            maxReplicas: 2,
            scaleTargetRef: {
              kind: 'Deployment',
              name: 'x',
              apiVersion: 'apps/v1',
            },
          },
        },
      ],
      [
        '/apis/policy/v1',
        'poddisruptionbudgets',
        'PodDisruptionBudget',
        { spec: { minAvailable: 1 } },
      ],
      ['/api/v1', 'secrets', 'Secret', {}],
    ] as const;
    const requests = raw.map(([path, plural, kind, rest]) =>
      creation(
        `${path}/namespaces/alpha--dev/${plural}`,
        body(path.replace(/^\/apis?\//, ''), kind, 'x', rest),
      ),
    );
    expect(
      await notRefused(estate.member('alpha', 'owner'), estate.admin, requests),
    ).toEqual([]);
  });

  it('isolation/58 lets viewers read everything except secrets', async () => {
    const viewer = estate.member('alpha', 'viewer');
    for (const path of [
      `${bailiwick}/apps`,
      `${bailiwick}/releases`,
      '/api/v1/namespaces/alpha--dev/pods',
      '/api/v1/namespaces/alpha--dev/resourcequotas',
      '/apis/apps/v1/namespaces/alpha--dev/deployments',
      '/apis/bailiwick.dev/v1alpha1/tenants/alpha',
    ])
      expect([path, await attempt(viewer, { path })]).toEqual([
        path,
        'allowed',
      ]);
    for (const path of [
      `${home}/secrets`,
      '/api/v1/namespaces/alpha--dev/secrets',
      `${home}/configmaps`,
    ])
      expect([path, await attempt(viewer, { path })]).toEqual([
        path,
        expect.stringMatching(forbidden),
      ]);
    expect(
      await attempt(viewer, creation(`${bailiwick}/apps`, wanted)),
    ).toMatch(forbidden);
    expect(
      await attempt(
        viewer,
        creation(`${bailiwick}/grants`, grant('user:default/alpha-viewer')),
      ),
    ).toBe('allowed');
  });

  /** Returns all objects of the cluster by kind and name, without fields that change by themselves. */
  async function inventory(): Promise<Map<string, string>> {
    const served = await discover(estate.admin);
    const kept = new Map<string, string>();
    for (const { group, version, name, verbs } of served) {
      const passing =
        /^(events|leases|endpoints|endpointslices|componentstatuses|apiservices)$/.test(
          name,
        );
      if (!verbs.includes('list') || name.includes('/') || passing) continue;
      const path = group
        ? `/apis/${group}/${version}/${name}`
        : `/api/${version}/${name}`;
      const { items } = await estate.admin.request<{ items: KubeObject[] }>({
        path,
      });
      for (const { metadata, ...rest } of items) {
        const { namespace = '', uid, labels, annotations } = metadata;
        const spec = (rest as { spec?: unknown }).spec;
        kept.set(
          `${name}.${group} ${namespace}/${metadata.name}`,
          JSON.stringify({ uid, labels, annotations, spec }),
        );
      }
    }
    return kept;
  }

  it('isolation/60 deletes all of a tenant, when it is not protected, and nothing of others', async () => {
    const tenants = estate.admin.resource<Tenant>(tenantKind);
    const before = await inventory();
    await estate.giveTenant('leaving', { deletionProtection: true });
    const during = await inventory();
    const own = [...during.keys()].filter(key => !before.has(key));
    expect(own.length).toBeGreaterThan(20);
    await expect(tenants.delete('leaving')).rejects.toThrow(
      /protected from deletion/,
    );
    expect((await tenants.get('leaving')).metadata).not.toHaveProperty(
      'deletionTimestamp',
    );
    await tenants.patch(
      'leaving',
      { spec: { deletionProtection: false } },
      { fieldManager: 'people' },
    );
    await tenants.delete('leaving');
    await eventually(
      'The tenant is gone',
      async () =>
        (
          await tenants.list()
        ).every(({ metadata }) => metadata.name !== 'leaving'),
      90,
    );
    // The garbage collector deletes cluster-scoped objects a moment later.
    await eventually(
      'Nothing is left',
      async () =>
        [...(await inventory()).keys()].every(key => !own.includes(key)),
      60,
    );
    const after = await inventory();
    const changed = [...before]
      .filter(([key, value]) => after.get(key) !== value)
      .map(([key]) => key);
    expect(changed).toEqual([]);
    expect([...after.keys()].filter(key => !before.has(key))).toEqual([]);
  });

  it('isolation/60 fails a request about a deleted object with an explanation', async () => {
    const requests = estate.admin.resource<ChangeRequest>(changeRequestKind);
    const pia = estate.person('user:default/pia', 'group:default/platform');
    await pia.resource<ChangeRequest>(changeRequestKind).create(
      request('late', 'leaving', {
        action: 'changePlan',
        proposed: { plan: 'small' },
        requestedBy: 'user:default/pia',
      }),
    );
    await eventually(
      'It fails',
      async () => (await requests.get('late')).status?.phase === 'Failed',
    );
    expect(
      JSON.stringify((await requests.get('late')).status?.conditions),
    ).toContain('was not found; request a new tenant instead');
    expect(
      await estate.admin.resource(coreKinds.namespaces).list(),
    ).not.toContainEqual(
      expect.objectContaining({
        metadata: expect.objectContaining({ name: 'leaving--home' }),
      }),
    );
  });
});
