import {
  coreKinds,
  type KubeObject,
  type Node,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  clusterKind,
  planKind,
  type App,
  type Cluster,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { app, plan } from '@bailiwick/backstage-testing/objects';
import {
  commit,
  Estate,
  runtimeImage,
} from '@bailiwick/backstage-testing/world';
import { attempt, body, creation } from './__testUtils__/Verdicts';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

const pods = '/api/v1/namespaces/alpha--dev/pods';
const { perEnvironment } = plan('small').spec;

function pod(resources?: object) {
  return body('v1', 'Pod', 'x', {
    spec: {
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'app',
          image: runtimeImage,
          resources,
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  });
}

integration('a tenant’s share of the cluster', () => {
  let estate: Estate;
  const apps = () => estate.member('alpha', 'builder').resource<App>(appKind);
  const wanted = (name: string, tenant = 'alpha') =>
    app(name, `${tenant}--home`, {
      owner: `group:default/${tenant}`,
      source: { repository: `${tenant}/${name}`, path: '.', revision: commit },
    });

  beforeAll(async () => {
    estate = await Estate.start({
      perEnvironment: { ...perEnvironment, apps: 3 },
    });
    await estate.letPodsCome('alpha--dev');
  }, 180_000);
  afterAll(() => estate?.stop(), 60_000);

  it('isolation/52 counts every kind of object that members can create', async () => {
    const quotas = estate.admin.resource<
      KubeObject & { status?: { hard?: Record<string, string> } }
    >(coreKinds.resourceQuotas);
    const counted = async (namespace: string) =>
      Object.keys(
        (await quotas.get('bailiwick', { namespace })).status?.hard ?? {},
      ).join(' ');
    const kinds = [
      'apps.bailiwick.dev',
      'releases.bailiwick.dev',
      'grants.bailiwick.dev',
      'configmaps',
    ];
    for (const kind of kinds)
      expect(await counted('alpha--home')).toContain(`count/${kind}`);
    for (const kind of ['deployments.apps', 'configmaps', 'secrets'])
      expect(await counted('alpha--dev')).toContain(`count/${kind}`);
    for (const kind of ['pods', 'services', 'persistentvolumeclaims'])
      expect(await counted('alpha--dev')).toContain(kind);
    // One app exists, and there is room for two more.
    await apps().create(wanted('second'));
    await apps().create(wanted('third'));
    await expect(apps().create(wanted('fourth'))).rejects.toThrow(
      /exceeded quota.*count\/apps.bailiwick.dev=1.*limited: count\/apps.bailiwick.dev=3/,
    );
    for (const name of ['second', 'third'])
      await apps().delete(name, { namespace: 'alpha--home' });
  });

  it('isolation/53 applies the plan’s default resources to a container without any', async () => {
    const made = await estate.admin.request({
      ...creation(pods, pod()),
      query: { dryRun: 'All' },
    });
    expect(made).toMatchObject({
      spec: {
        containers: [
          {
            resources: {
              requests: perEnvironment.defaultContainer,
              limits: perEnvironment.defaultContainer,
            },
          },
        ],
      },
    });
    const huge = { requests: { cpu: '2' }, limits: { cpu: '2' } };
    expect(await attempt(estate.admin, creation(pods, pod(huge)))).toMatch(
      /^403 .*maximum cpu usage per Container is 1/,
    );
  });

  it.each([
    ['cpu', { requests: { cpu: '1' }, limits: { cpu: '1' } }],
    ['memory', { requests: { memory: '2Gi' }, limits: { memory: '2Gi' } }],
  ])(
    'isolation/54 reports which limit is reached: %s',
    async (resource, resources) => {
      const names = ['one', 'two', 'three'];
      const verdicts: string[] = [];
      for (const name of names)
        verdicts.push(
          await estate.admin
            .request(creation(pods, { ...pod(resources), metadata: { name } }))
            .then(() => 'allowed')
            .catch((error: Error) => error.message),
        );
      expect(verdicts.at(-1)).toMatch(
        new RegExp(
          `exceeded quota: bailiwick, requested: requests.${resource}=`,
        ),
      );
      for (const name of names)
        await estate.admin
          .request({
            method: 'DELETE',
            path: `${pods}/${name}`,
            query: { gracePeriodSeconds: 0 },
          })
          .catch(() => {});
      await eventually('The quota is free again', async () => {
        const all = await estate.admin
          .resource(coreKinds.pods)
          .list({ namespace: 'alpha--dev' });
        return all.every(({ metadata }) => !names.includes(metadata.name));
      });
      const claim = body('v1', 'PersistentVolumeClaim', 'x', {
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '500Gi' } },
        },
      });
      expect(
        await attempt(
          estate.admin,
          creation(
            '/api/v1/namespaces/alpha--dev/persistentvolumeclaims',
            claim,
          ),
        ),
      ).toMatch(/exceeded quota.*requests.storage=500Gi/);
    },
  );

  it('isolation/54 reports it on the app', async () => {
    await estate.admin.resource<Plan>(planKind).patch(
      'small',
      {
        spec: {
          perEnvironment: { maxContainer: { cpu: '200m', memory: '256Mi' } },
        },
      },
      { fieldManager: 'people' },
    );
    await eventually('The limits are there', async () => {
      const all = await estate.admin
        .resource<KubeObject>(coreKinds.limitRanges)
        .list({ namespace: 'alpha--dev' });
      return JSON.stringify(all).includes('200m');
    });
    await apps().patch(
      'prices',
      {
        spec: {
          answers: { symbols: ['X'] },
          environments: [
            { name: 'dev', revision: 'draft', replicas: { min: 2, max: 2 } },
          ],
        },
      },
      { namespace: 'alpha--home', fieldManager: 'people' },
    );
    await eventually(
      'The app says which limit',
      async () => {
        const { status } = await apps().get('prices', {
          namespace: 'alpha--home',
        });
        return /maximum (cpu|memory) usage/.test(
          status?.environments?.[0].why ?? '',
        );
      },
      40,
    );
  });

  it("isolation/66 counts nothing by user together with others: user namespaces where all nodes have them, a user of each tenant's own elsewhere", async () => {
    const users = async () =>
      Promise.all(
        ['alpha--dev', 'alpha--prod', 'beta--dev'].map(async namespace => {
          const [deployment] = await estate.admin
            .resource(coreKinds.deployments)
            .list({ namespace });
          const { hostUsers, securityContext = {} } =
            deployment.spec!.template!.spec!;
          const { fsGroup, runAsGroup, runAsUser } = securityContext;
          expect([fsGroup, runAsGroup]).toEqual([runAsUser, runAsUser]);
          return { hostUsers, id: runAsUser as number };
        }),
      );
    const become = (what: string, isMapped: boolean) =>
      eventually(what, async () => {
        const found = await users();
        return found.every(
          ({ hostUsers }) => (hostUsers === false) === isMapped,
        )
          ? found
          : undefined;
      });
    await estate.admin.resource<App>(appKind).patch(
      'prices',
      {
        spec: {
          environments: [
            { name: 'dev', revision: 'draft' },
            { name: 'prod', revision: 'draft' },
          ],
        },
      },
      { namespace: 'alpha--home', fieldManager: 'people' },
    );
    await estate.admin.resource<Cluster>(clusterKind).create({
      apiVersion: clusterKind.apiVersion,
      kind: clusterKind.kind,
      metadata: { name: 'local' },
      spec: {
        title: 'Local',
        provider: 'existing',
        networking: { profile: 'none' },
        userNamespaces: true,
      },
    });
    const mapped = await become('User namespaces', true);
    expect(mapped.map(({ id }) => id)).toEqual([1000, 1000, 1000]);
    await estate.admin
      .resource<Cluster>(clusterKind)
      .patch(
        'local',
        { spec: { userNamespaces: null } },
        { fieldManager: 'people' },
      );
    // Only nodes count now, and apps follow when one reports no support.
    const nodes = estate.admin.resource<Node>(coreKinds.nodes);
    const report = (userNamespaces: boolean) =>
      nodes.patchStatus('old', {
        runtimeHandlers: [{ name: '', features: { userNamespaces } }],
      });
    await nodes.create({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'old' },
    });
    await report(false);
    const [dev, prod, beta] = await become('Users of their own', false);
    expect(prod.id).toBe(dev.id);
    expect(beta.id).not.toBe(dev.id);
    expect(Math.min(dev.id, beta.id)).toBeGreaterThanOrEqual(1_000_000_000);
    await report(true);
    await become('User namespaces again', true);
    await nodes.delete('old');
  });

  it("isolation/55 reconciles other tenants' apps between those of a tenant that edits without end", async () => {
    const beta = estate.member('beta', 'builder').resource<App>(appKind);
    const options = { namespace: 'alpha--home', fieldManager: 'people' };
    let edits = 0;
    let isNoisy = true;
    const end = performance.now() + 30_000;
    const noise = (async () => {
      while (isNoisy && performance.now() < end) {
        edits += 1;
        await apps().patch(
          'prices',
          { spec: { title: `Edit ${edits}` } },
          options,
        );
      }
    })();
    await eventually('The noise is there', () => edits > 20);
    const before = edits;
    await beta.patch(
      'prices',
      {
        spec: {
          environments: [
            { name: 'dev', revision: 'draft', replicas: { min: 2, max: 2 } },
          ],
        },
      },
      { ...options, namespace: 'beta--home' },
    );
    await eventually('The other one has its pods', async () => {
      const [one] = await estate.admin
        .resource(coreKinds.deployments)
        .list({ namespace: 'beta--dev' });
      return (one.spec as { replicas?: number }).replicas === 2;
    });
    const meanwhile = edits - before;
    isNoisy = false;
    await noise;
    expect(edits).toBeGreaterThan(before);
    expect(meanwhile).toBeLessThan(200);
  });

  it('isolation/56 takes turns by person at the API server', async () => {
    const flow = '/apis/flowcontrol.apiserver.k8s.io/v1';
    const schema = await estate.admin.request<{
      status: { conditions: { type: string; status: string }[] };
      spec: object;
    }>({
      path: `${flow}/flowschemas/bailiwick-people`,
    });
    expect(schema.spec).toMatchObject({
      distinguisherMethod: { type: 'ByUser' },
      priorityLevelConfiguration: { name: 'bailiwick-people' },
    });
    expect(schema.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Dangling', status: 'False' }),
    );
    // In earnest: a write of a person is counted there.
    await apps().patch(
      'prices',
      { spec: { title: 'Counted' } },
      { namespace: 'alpha--home', fieldManager: 'people' },
    );
    const metrics = await estate.admin.request<string>({ path: '/metrics' });
    const line =
      /apiserver_flowcontrol_dispatched_requests_total\{flow_schema="bailiwick-people"[^}]*\} (\d+)/.exec(
        metrics,
      );
    expect(Number(line?.[1])).toBeGreaterThan(0);
  });
});
