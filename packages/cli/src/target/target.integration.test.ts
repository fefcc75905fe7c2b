import {
  coreKinds,
  KubeClient,
  canI,
  readServer,
} from '@bailiwick/backstage-kube-controller';
import {
  clusterKind,
  tenantKind,
  type Cluster,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { runtimeImages, tenant } from '@bailiwick/backstage-testing/objects';
import { systemNamespace } from './accounts';
import { addTarget } from './addTarget';
import { formatClusters, listTargets } from './listTargets';
import { cleanTarget, removeTarget } from './removeTarget';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(90_000);

integration('other clusters on real API servers', () => {
  let hub: TestCluster;
  let west: TestCluster;
  const opened: KubeClient[] = [];

  /** A client as which a program comes to the other cluster. */
  const comeAs = async (namespace: string) => {
    const { data } = await hub.client
      .resource(coreKinds.secrets)
      .get('west', { namespace });
    const text = Buffer.from(data!.kubeconfig, 'base64').toString('utf8');
    const client = KubeClient.fromKubeconfigText({ text, userAgent: 'test' });
    opened.push(client);
    return client;
  };
  const add = async () =>
    addTarget({
      hub: hub.client,
      target: west.client,
      name: 'west',
      title: 'West',
      server: await readServer({ path: west.kubeconfig }),
    });

  beforeAll(async () => {
    hub = await startTestCluster({
      chartFolders: ['crds', 'templates', 'embedded'],
    });
    west = await startTestCluster({
      controllerManager: true,
      withoutKinds: true,
    });
    await hub.client.resource(coreKinds.configMaps).create(runtimeImages());
    await add();
  }, 180_000);
  afterAll(async () => {
    await Promise.all(opened.map(client => client.close()));
    await hub?.stop();
    await west?.stop();
  }, 60_000);

  it('get the policies that guard environments, and the images of the runtimes', async () => {
    const { data } = await west.client
      .resource(coreKinds.configMaps)
      .get('runtime-images', { namespace: systemNamespace });
    expect(data).toEqual({
      'bailiwick.python': 'registry.test/bailiwick/python:1',
    });
    const policies = await west.client.request<{
      items: { metadata: { name: string } }[];
    }>({
      path: '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies',
    });
    expect(policies.items.map(({ metadata }) => metadata.name).sort()).toEqual([
      'bailiwick-cordon',
      'bailiwick-environments',
      'bailiwick-images',
      'bailiwick-kept-images',
      'bailiwick-operator-namespaces',
      'bailiwick-terminals',
      'bailiwick-workspace-pods',
    ]);
  });

  it('are added even if Kubernetes deletes a token before it knows its account', async () => {
    const namespace = systemNamespace;
    const secrets = west.client.resource(coreKinds.secrets);
    await west.client
      .resource(coreKinds.serviceAccounts)
      .delete('hub-gateway', { namespace });
    const taken = async () => {
      const found = () =>
        secrets.get('hub-gateway', { namespace }).catch(() => undefined);
      const { metadata } = await eventually('It is there', found);
      await secrets.delete(metadata.name, { namespace }).catch(() => {});
    };
    // So none is created before its deletion.
    west.kill('kube-controller-manager');
    await Promise.all([add(), taken()]);
    await add();
    expect(
      (await secrets.get('hub-gateway', { namespace })).data?.token,
    ).toMatch(/./);
  });

  it('grant each program exactly the rights that it needs', async () => {
    const operator = await comeAs(systemNamespace);
    const portal = await comeAs('bailiwick-portal');
    const gateway = await comeAs('bailiwick-gateway');
    const who = await operator.request<{
      status: { userInfo: { username: string } };
    }>({
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'SelfSubjectReview',
      },
    });
    expect(who.status.userInfo.username).toBe('bailiwick:operator');
    const secrets = { verb: 'list', group: '', resource: 'secrets' };
    const namespaces = { verb: 'create', group: '', resource: 'namespaces' };
    const people = { verb: 'impersonate', group: '', resource: 'users' };
    const services = { verb: 'create', group: '', resource: 'services/proxy' };
    const rights = async (client: KubeClient) =>
      Promise.all(
        [secrets, namespaces, people, services].map(one => canI(client, one)),
      );
    expect(await rights(operator)).toEqual([false, true, false, false]);
    expect(await rights(portal)).toEqual([false, false, true, false]);
    expect(await rights(gateway)).toEqual([false, false, false, true]);
  });

  it('are added again without a change', async () => {
    const secret = async () => {
      const { data } = await hub.client
        .resource(coreKinds.secrets)
        .get('west', { namespace: systemNamespace });
      return data?.kubeconfig;
    };
    const before = await secret();
    await add();
    expect(await secret()).toBe(before);
  });

  it('are not the hub', async () => {
    await expect(
      addTarget({
        hub: hub.client,
        target: west.client,
        name: 'local',
        title: 'Local',
        server: { address: 'https://west:6443' },
      }),
    ).rejects.toThrow("local is Bailiwick's own cluster");
    await expect(removeTarget(hub.client, 'local', {})).rejects.toThrow(
      "local is Bailiwick's own cluster",
    );
  });

  it('are listed', async () => {
    const lines = await listTargets(hub.client);
    expect(lines).toMatchObject([
      { name: 'local', isHub: true },
      { name: 'west', isHub: false, title: 'West', environments: 0 },
    ]);
    expect(formatClusters(lines)).toContain(
      'west   0 environments  Not reconciled yet\n',
    );
  });

  it('are removed only without environments, or if forced', async () => {
    const tenants = hub.client.resource<Tenant>(tenantKind);
    await tenants.create(
      tenant('desk', {
        environments: [{ name: 'dev', cluster: 'west', protected: false }],
      }),
    );
    await expect(removeTarget(hub.client, 'west', {})).rejects.toThrow(
      'Cluster west has environments: desk/dev.',
    );
    const portal = await comeAs('bailiwick-portal');
    await removeTarget(hub.client, 'west', { force: true });
    await cleanTarget(west.client);
    const clusters = await hub.client.resource<Cluster>(clusterKind).list();
    expect(clusters.map(({ metadata }) => metadata.name)).toEqual(['local']);
    await expect(portal.resource(coreKinds.pods).list()).rejects.toThrow(
      // Its token is remembered for some seconds, its rights are not.
      /nauthorized|forbidden/,
    );
  });
});
