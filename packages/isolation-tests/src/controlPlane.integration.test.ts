import {
  coreKinds,
  canI,
  type KubeClient,
  type KubeRequest,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
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

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const bailiwick = '/apis/bailiwick.dev/v1alpha1';
const clusterRole = (name: string) => ({
  apiGroup: 'rbac.authorization.k8s.io',
  kind: 'ClusterRole',
  name,
});

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

integration('the control plane between tenants', () => {
  let estate: Estate;
  let served: ServedResource[];
  let owner: KubeClient;
  let builder: KubeClient;

  beforeAll(async () => {
    estate = await Estate.start();
    served = await discover(estate.admin);
    owner = estate.member('alpha', 'owner');
    builder = estate.member('alpha', 'builder');
  }, 180_000);
  afterAll(() => estate?.stop(), 60_000);

  const notRefusedTo = (person: KubeClient, requests: KubeRequest[]) =>
    notRefused(person, estate.admin, requests);

  it('isolation/01 grants only the rights of everyone on cluster-scoped resources', async () => {
    const questions = served
      .filter(({ namespaced }) => !namespaced)
      .flatMap(({ group, name }) =>
        verbs.map(verb => ({ verb, group, resource: name })),
      );
    expect(questions.length).toBeGreaterThan(200);
    expect(await rightsOf(builder, questions)).toEqual(everybodysRights);
    expect(await rightsOf(owner, questions)).toEqual(everybodysRights);
    const tenants = { group: 'bailiwick.dev', resource: 'tenants' };
    expect(
      await canI(builder, { ...tenants, verb: 'get', name: 'alpha' }),
    ).toBe(true);
    expect(await canI(builder, { ...tenants, verb: 'get', name: 'beta' })).toBe(
      false,
    );
  });

  it('isolation/02 lets no owner create or change cluster-scoped objects', async () => {
    const admissions = '/apis/admissionregistration.k8s.io/v1';
    const webhooks = (kind: string) =>
      body('admissionregistration.k8s.io/v1', kind, 'x', { webhooks: [] });
    expect(
      await notRefusedTo(owner, [
        creation(
          `${rbac}/clusterroles`,
          body('rbac.authorization.k8s.io/v1', 'ClusterRole', 'x', {
            rules: [],
          }),
        ),
        creation(
          `${rbac}/clusterrolebindings`,
          body('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'x', {
            roleRef: clusterRole('view'),
            subjects: [],
          }),
        ),
        creation(
          `${admissions}/validatingwebhookconfigurations`,
          webhooks('ValidatingWebhookConfiguration'),
        ),
        creation(
          `${admissions}/mutatingwebhookconfigurations`,
          webhooks('MutatingWebhookConfiguration'),
        ),
        creation(
          '/apis/scheduling.k8s.io/v1/priorityclasses',
          body('scheduling.k8s.io/v1', 'PriorityClass', 'x', { value: 1 }),
        ),
        creation(
          '/apis/storage.k8s.io/v1/storageclasses',
          body('storage.k8s.io/v1', 'StorageClass', 'x', {
            provisioner: 'x.test/x',
          }),
        ),
        creation(
          '/apis/networking.k8s.io/v1/ingressclasses',
          body('networking.k8s.io/v1', 'IngressClass', 'x', {
            spec: { controller: 'x.test/x' },
          }),
        ),
        creation(
          '/apis/node.k8s.io/v1/runtimeclasses',
          body('node.k8s.io/v1', 'RuntimeClass', 'x', { handler: 'x' }),
        ),
        creation(
          '/api/v1/persistentvolumes',
          body('v1', 'PersistentVolume', 'x', {
            spec: {
              capacity: { storage: '1Gi' },
              accessModes: ['ReadWriteOnce'],
              hostPath: { path: '/x' },
            },
          }),
        ),
        creation('/api/v1/nodes', body('v1', 'Node', 'x')),
        mergePatch(
          '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/apps.bailiwick.dev',
          { metadata: { labels: { x: 'x' } } },
        ),
        {
          method: 'DELETE',
          path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/apps.bailiwick.dev',
        },
        mergePatch(
          `${admissions}/validatingadmissionpolicies/bailiwick-requests`,
          { metadata: { labels: { x: 'x' } } },
        ),
        {
          method: 'DELETE',
          path: `${admissions}/validatingadmissionpolicybindings/bailiwick-requests`,
        },
        mergePatch('/apis/apiregistration.k8s.io/v1/apiservices/v1.apps', {
          metadata: { labels: { x: 'x' } },
        }),
        {
          method: 'DELETE',
          path: `${rbac}/clusterroles/bailiwick:tenant-owner`,
        },
      ]),
    ).toEqual([]);
    // Not served here; RBAC answers all the same.
    expect(
      await canI(owner, {
        verb: 'create',
        group: 'gateway.networking.k8s.io',
        resource: 'gatewayclasses',
      }),
    ).toBe(false);
  });

  it("isolation/03 gives no access to another tenant's namespaces", async () => {
    const special = [
      'pods/exec',
      'pods/log',
      'pods/portforward',
      'pods/attach',
      'pods/proxy',
      'pods/ephemeralcontainers',
      'serviceaccounts/token',
      'secrets',
    ];
    const names = new Set(served.map(({ name }) => name));
    for (const name of special) expect(names).toContain(name);
    const questions = served
      .filter(({ namespaced }) => namespaced)
      .flatMap(({ group, name }) =>
        ['home', 'dev', 'prod'].flatMap(environment =>
          verbs.map(verb => ({
            verb,
            group,
            resource: name,
            namespace: `beta--${environment}`,
          })),
        ),
      );
    expect(questions.length).toBeGreaterThan(1500);
    for (const person of [owner, estate.member('alpha', 'viewer')])
      expect(await rightsOf(person, questions)).toEqual([]);
    // Their own do have rights there, so that the question means something.
    expect(
      await rightsOf(estate.member('beta', 'viewer'), questions),
    ).toContain('get pods');
    expect(
      await attempt(owner, { path: `${bailiwick}/namespaces/beta--home/apps` }),
    ).toMatch(forbidden);
  });

  it('isolation/04 protects the operator’s objects from owners, and for a moment from administrators', async () => {
    const dev = '/api/v1/namespaces/alpha--dev';
    const change = {
      metadata: { labels: { x: 'x' }, annotations: { x: 'x' } },
    };
    const made = [
      `${dev}/resourcequotas/bailiwick`,
      `${dev}/limitranges/bailiwick`,
      `${dev}/serviceaccounts/prices`,
      '/apis/networking.k8s.io/v1/namespaces/alpha--dev/networkpolicies/bailiwick.default-deny',
      `${rbac}/namespaces/alpha--dev/rolebindings/bailiwick:tenant-owner`,
      '/apis/apps/v1/namespaces/alpha--dev/deployments/prices',
    ];
    expect(
      await notRefusedTo(owner, [
        ...made.map(path => mergePatch(path, change)),
        ...made.map(path => ({ method: 'DELETE' as const, path })),
        mergePatch(dev, change),
        { method: 'DELETE', path: dev },
      ]),
    ).toEqual([]);
    const quotas = estate.admin.resource(coreKinds.resourceQuotas);
    const options = { namespace: 'alpha--dev', fieldManager: 'kubectl' };
    const before = await quotas.get('bailiwick', options);
    await quotas.patch(
      'bailiwick',
      { spec: { hard: { pods: '999' } } },
      options,
    );
    const policies = estate.admin.resource(coreKinds.networkPolicies);
    await policies.delete('bailiwick.default-deny', {
      namespace: 'alpha--dev',
    });
    await eventually(
      'The operator restores both',
      async () => {
        const quota = await quotas.get('bailiwick', options);
        const all = await policies.list({ namespace: 'alpha--dev' });
        return (
          (quota as typeof before & { spec: { hard: object } }).spec.hard !==
            undefined &&
          JSON.stringify((quota as { spec?: object }).spec) ===
            JSON.stringify((before as { spec?: object }).spec) &&
          all.some(({ metadata }) => metadata.name === 'bailiwick.default-deny')
        );
      },
      10,
    );
  });

  it('isolation/05 lets no one raise their rights by roles', async () => {
    const home = `${rbac}/namespaces/alpha--home`;
    const role = (rule: object) =>
      creation(
        `${home}/roles`,
        body('rbac.authorization.k8s.io/v1', 'Role', 'x', { rules: [rule] }),
      );
    const binding = (name: string) =>
      creation(
        `${home}/rolebindings`,
        body('rbac.authorization.k8s.io/v1', 'RoleBinding', 'x', {
          roleRef: clusterRole(name),
          subjects: [
            {
              kind: 'User',
              name: 'user:default/alpha-builder',
              apiGroup: 'rbac.authorization.k8s.io',
            },
          ],
        }),
      );
    for (const person of [owner, builder])
      expect(
        await notRefusedTo(person, [
          role({
            apiGroups: ['rbac.authorization.k8s.io'],
            resources: ['roles'],
            verbs: ['escalate', 'bind'],
          }),
          role({
            apiGroups: [''],
            resources: ['users'],
            verbs: ['impersonate'],
          }),
          role({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }),
          role({ apiGroups: [''], resources: ['nodes/proxy'], verbs: ['get'] }),
          binding('cluster-admin'),
          binding('bailiwick:tenant-owner'),
          binding('bailiwick:platform'),
          binding('bailiwick:tenant:beta'),
        ]),
      ).toEqual([]);
  });

  it('isolation/06 lets no owner bind people of another tenant around the members of the Tenant', async () => {
    expect(
      await notRefusedTo(owner, [
        creation(
          `${rbac}/namespaces/alpha--home/rolebindings`,
          body('rbac.authorization.k8s.io/v1', 'RoleBinding', 'x', {
            roleRef: clusterRole('bailiwick:tenant-viewer'),
            subjects: [
              {
                kind: 'User',
                name: 'user:default/beta-builder',
                apiGroup: 'rbac.authorization.k8s.io',
              },
            ],
          }),
        ),
        mergePatch(
          `${rbac}/namespaces/alpha--home/rolebindings/bailiwick:tenant-viewer`,
          {
            subjects: [
              {
                kind: 'User',
                name: 'user:default/beta-builder',
                apiGroup: 'rbac.authorization.k8s.io',
              },
            ],
          },
        ),
      ]),
    ).toEqual([]);
  });
});
