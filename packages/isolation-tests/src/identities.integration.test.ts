import {
  coreKinds,
  canI,
  type KubeClient,
  type KubeRequest,
} from '@bailiwick/backstage-kube-controller';
import {
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  discover,
  rightsOf,
  verbs,
  type ServedResource,
} from './__testUtils__/Discovery';
import { Estate } from '@bailiwick/backstage-testing/world';
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

const bailiwick = '/apis/bailiwick.dev/v1alpha1';

/** Rights of all signed-in people on cluster-scoped resources; this list is the policy. */
const everybodysRights = [
  'create changerequests.bailiwick.dev',
  'patch changerequests/status.bailiwick.dev',
  'update changerequests/status.bailiwick.dev',
  ...['clusters', 'domainpacks', 'plans'].flatMap(kind =>
    ['get', 'list', 'watch'].map(verb => `${verb} ${kind}.bailiwick.dev`),
  ),
  // Questions about oneself, which Kubernetes answers for everyone.
  'create selfsubjectaccessreviews.authorization.k8s.io',
  'create selfsubjectreviews.authentication.k8s.io',
  'create selfsubjectrulesreviews.authorization.k8s.io',
].sort();

integration('identities and names between tenants', () => {
  let estate: Estate;
  let served: ServedResource[];
  let owner: KubeClient;

  beforeAll(async () => {
    estate = await Estate.start();
    served = await discover(estate.admin);
    owner = estate.member('alpha', 'owner');
  }, 180_000);
  afterAll(() => estate?.stop(), 60_000);

  const notRefusedTo = (person: KubeClient, requests: KubeRequest[]) =>
    notRefused(person, estate.admin, requests);

  it("isolation/19 shows no one the Secrets of connections, not even an app's own members", async () => {
    for (const role of ['owner', 'builder', 'viewer'] as const)
      for (const verb of ['get', 'list', 'watch', 'create', 'delete'])
        for (const namespace of ['alpha--dev', 'bailiwick-system'])
          expect(
            await canI(estate.member('alpha', role), {
              verb,
              group: '',
              resource: 'secrets',
              namespace,
            }),
          ).toBe(false);
  });

  it('isolation/07 forbids impersonation', async () => {
    const targets: Record<string, string>[] = [
      { 'impersonate-user': 'user:default/pia' },
      { 'impersonate-user': 'system:serviceaccount:beta--dev:prices' },
      {
        'impersonate-user': 'user:default/alpha-owner',
        'impersonate-group': 'system:masters',
      },
    ];
    for (const [resource, group] of [
      ['users', ''],
      ['groups', ''],
      ['serviceaccounts', ''],
      ['uids', 'authentication.k8s.io'],
      ['userextras/scopes', 'authentication.k8s.io'],
    ])
      expect(await canI(owner, { verb: 'impersonate', resource, group })).toBe(
        false,
      );
    // In earnest: with a certificate of the person's own.
    const path = await estate.cluster.identity('user:default/alpha-builder');
    const self = estate.clientOf(path);
    try {
      for (const headers of targets)
        expect(
          await attempt(self, { path: '/api/v1/namespaces', headers }),
        ).toMatch(/^403 .*cannot impersonate/);
      expect(await attempt(self, { path: `${bailiwick}/tenants/alpha` })).toBe(
        'allowed',
      );
    } finally {
      await self.close();
    }
  });

  it('isolation/08 grants the accounts of pods nothing', async () => {
    for (const name of ['default', 'prices']) {
      const account = estate.account('alpha--dev', name);
      const questions = served.flatMap(resource =>
        verbs.map(verb => ({
          verb,
          group: resource.group,
          resource: resource.name,
          namespace: resource.namespaced ? 'alpha--dev' : undefined,
        })),
      );
      const rights = await rightsOf(account, questions);
      // Rights of everyone that the API server has authenticated, by the group system:authenticated.
      expect(rights.filter(right => !everybodysRights.includes(right))).toEqual(
        [],
      );
    }
    const accounts = estate.admin.resource(coreKinds.serviceAccounts);
    const prices = await accounts.get('prices', { namespace: 'alpha--dev' });
    expect(prices).toMatchObject({ automountServiceAccountToken: false });
    const token = creation(
      '/api/v1/namespaces/alpha--dev/serviceaccounts/prices/token',
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: {},
      },
    );
    const secret = creation('/api/v1/namespaces/alpha--dev/secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/service-account-token',
      metadata: {
        name: 'x',
        annotations: { 'kubernetes.io/service-account.name': 'prices' },
      },
    });
    expect(await notRefusedTo(owner, [token, secret])).toEqual([]);
    expect(
      await notRefusedTo(estate.account('alpha--dev', 'prices'), [
        token,
        secret,
      ]),
    ).toEqual([]);
  });

  it('isolation/09 lets no one sign certificates or query the rights of others', async () => {
    const request = (signer: string) =>
      creation(
        '/apis/certificates.k8s.io/v1/certificatesigningrequests',
        body('certificates.k8s.io/v1', 'CertificateSigningRequest', 'x', {
          spec: { request: '', signerName: signer, usages: ['client auth'] },
        }),
      );
    for (const signer of [
      'kubernetes.io/kube-apiserver-client',
      'kubernetes.io/kubelet-serving',
    ])
      expect(await attempt(owner, request(signer))).toMatch(forbidden);
    expect(
      await notRefusedTo(owner, [
        creation('/apis/authentication.k8s.io/v1/tokenreviews', {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenReview',
          spec: { token: 'x' },
        }),
        creation('/apis/authorization.k8s.io/v1/subjectaccessreviews', {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SubjectAccessReview',
          spec: {
            user: 'user:default/beta-builder',
            resourceAttributes: { verb: 'get', resource: 'pods' },
          },
        }),
      ]),
    ).toEqual([]);
  });

  it('isolation/10 changes a tenant only by a request', async () => {
    const tenant = `${bailiwick}/tenants/alpha`;
    expect(
      await notRefusedTo(owner, [
        creation(`${bailiwick}/tenants`, {
          ...(await estate.admin.resource(tenantKind).get('alpha')),
          metadata: { name: 'gamma' },
        }),
        mergePatch(tenant, { spec: { plan: 'large' } }),
        mergePatch(tenant, { spec: { members: [] } }),
        mergePatch(`${tenant}/status`, { status: { phase: 'Ready' } }),
        mergePatch(tenant, { metadata: { finalizers: [] } }),
        { method: 'DELETE', path: tenant },
        mergePatch('/api/v1/namespaces/alpha--dev', {
          metadata: { labels: { 'bailiwick.dev/tenant': 'beta' } },
        }),
      ]),
    ).toEqual([]);
  });

  it.each(['kube-system', 'default', 'beta--dev'])(
    'isolation/11 lets no one adopt the namespace %s in any way',
    async name => {
      const adoption = {
        metadata: {
          labels: {
            'bailiwick.dev/tenant': 'alpha',
            'app.kubernetes.io/managed-by': 'bailiwick',
          },
        },
      };
      const path = `/api/v1/namespaces/${name}`;
      for (const door of [path, `${path}/status`, `${path}/finalize`]) {
        expect(await attempt(owner, mergePatch(door, adoption))).toMatch(
          forbidden,
        );
        expect(
          await attempt(owner, {
            method: 'PUT',
            path: door,
            body: body('v1', 'Namespace', name, {
              ...adoption,
              metadata: { name, ...adoption.metadata },
            }),
          }),
        ).toMatch(forbidden);
      }
      expect(
        await notRefusedTo(owner, [
          mergePatch(path, adoption),
          mergePatch(`${path}/status`, adoption),
        ]),
      ).toEqual([]);
    },
  );

  it("isolation/12 keeps the marks of a tenant's own namespaces", async () => {
    const marks = [
      { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
      { labels: { 'bailiwick.dev/tenant': 'beta' } },
      { labels: { 'bailiwick.dev/role': null } },
      {
        ownerReferences: [
          { apiVersion: 'v1', kind: 'Node', name: 'x', uid: 'x' },
        ],
      },
      { annotations: { 'scheduler.alpha.kubernetes.io/node-selector': 'x=y' } },
    ];
    expect(
      await notRefusedTo(
        owner,
        ['home', 'dev'].flatMap(place =>
          marks.map(metadata =>
            mergePatch(`/api/v1/namespaces/alpha--${place}`, { metadata }),
          ),
        ),
      ),
    ).toEqual([]);
  });

  it('isolation/13 creates no namespace and no tenant with the name of another', async () => {
    const names = [
      'kube-x',
      'openshift-x',
      'bailiwick-x',
      'beta--test',
      'beta--dev',
      'free',
    ];
    for (const name of names)
      expect(
        await attempt(
          owner,
          creation('/api/v1/namespaces', body('v1', 'Namespace', name)),
        ),
      ).toMatch(forbidden);
    const { spec } = await estate.admin
      .resource<Tenant>(tenantKind)
      .get('alpha');
    const tenant = (name: string) =>
      creation(
        `${bailiwick}/tenants`,
        body('bailiwick.dev/v1alpha1', 'Tenant', name, { spec }),
      );
    // `a` with `b--prod` and `a--b` with `prod` would meet; also for an administrator.
    for (const name of [
      'alpha--b',
      'kube-alpha',
      'bailiwick',
      'Alpha',
      'alphä',
      'a'.repeat(64),
    ])
      expect([name, await attempt(estate.admin, tenant(name))]).toEqual([
        name,
        expect.stringMatching(/^4(00|22) /),
      ]);
    expect(await attempt(estate.admin, tenant('alpha-b'))).toBe('allowed');
    const [environment] = spec.environments;
    const colliding = {
      ...(tenant('alpha-b').body as object),
      spec: {
        ...(spec as object),
        environments: [{ ...environment, name: 'b--prod' }],
      },
    };
    expect(
      await attempt(estate.admin, creation(`${bailiwick}/tenants`, colliding)),
    ).toMatch(/^422 .*must not contain/);
  });
});
