import { coreKinds } from '@bailiwick/backstage-kube-controller';
import { findCondition } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { app, pack, plan, tenant } from '@bailiwick/backstage-testing/objects';
import { AppSteps, home } from '../__testUtils__/AppSteps';
import {
  addCluster,
  clusterIs,
  createRuntime,
  OtherCluster,
  writeKubeconfig,
} from '../__testUtils__/OtherCluster';
import { find, resources, World } from '../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(90_000);

const there = 'rates-desk--test';

/** A kubeconfig with another cluster or user. */
function changed(
  text: string,
  change: (parts: Record<'cluster' | 'user', Record<string, unknown>>) => void,
): string {
  const config = JSON.parse(text);
  change({ ...config.clusters[0], ...config.users[0] });
  return JSON.stringify(config);
}

integration('environments on two real API servers', () => {
  let world: World;
  let west: OtherCluster;
  const bea = () => world.as('user:default/bea');
  const tenants = () => resources.tenants(world.admin);
  const apps = () => resources.apps(world.admin);
  const ready = async () =>
    findCondition((await tenants().get('rates-desk')).status, 'Ready');
  const environments = async (name: string) => {
    const { status } = await apps().get(name, { namespace: home });
    return Object.fromEntries(
      (status?.environments ?? []).map(one => [one.name, one]),
    );
  };

  beforeAll(async () => {
    world = await World.start({ simulatedNode: true });
    west = await OtherCluster.start();
    await resources.plans(world.admin).create(plan('small'));
    await resources.packs(world.admin).create(pack('market'));
    await createRuntime(world.admin);
  }, 240_000);
  afterAll(async () => {
    await world?.stop();
    await west?.stop();
  }, 60_000);

  it('report missing prerequisites of a cluster one after the other', async () => {
    await addCluster(world, 'west');
    const missing = await clusterIs(world, 'west', 'SecretNotFound');
    expect(missing.message).toMatch(
      /Secret bailiwick-system\/west with label bailiwick\.dev\/kubeconfig=true .* was not found/,
    );
    const good = await west.kubeconfig();
    const runs = changed(good, ({ user }) => {
      user.exec = { command: 'sh' };
    });
    await writeKubeconfig(world.admin, 'west', runs);
    const refused = await clusterIs(world, 'west', 'BadCredentials');
    expect(refused.message).toContain('The kubeconfig has exec');
    const nobody = changed(good, ({ cluster }) => {
      cluster.server = 'https://127.0.0.1:1';
    });
    await writeKubeconfig(world.admin, 'west', nobody);
    const absent = await clusterIs(world, 'west', 'Unreachable');
    expect(absent.message).toMatch(/Unreachable since .*ECONNREFUSED/);
    await writeKubeconfig(world.admin, 'west', good);
    await clusterIs(world, 'west', 'Forbidden');
    await west.prepare();
    await clusterIs(world, 'west', 'Answers');
    const { status } = await resources.clusters(world.admin).get('west');
    expect(status?.version).toMatch(/^v1\./);
    expect(status?.capacity?.pods).toBeGreaterThan(0);
    expect(Date.parse(status?.heartbeat ?? '')).toBeGreaterThan(
      Date.now() - 60_000,
    );
  });

  it('are on no cluster twice', async () => {
    await addCluster(world, 'again', await west.kubeconfig());
    const taken = await clusterIs(world, 'again', 'TakenByAnother');
    expect(taken.message).toMatch(/under another name: \S+\/west/);
    await addCluster(world, 'itself', await world.kubeconfig());
    await clusterIs(world, 'itself', 'IsTheHub');
    await resources.clusters(world.admin).delete('again');
    await resources.clusters(world.admin).delete('itself');
  });

  it('cannot move, and neither can a cluster', async () => {
    const clusters = resources.clusters(world.admin);
    await expect(
      clusters.patch('west', { spec: { credentials: null } }),
    ).rejects.toThrow("A Cluster can't change");
    await tenants().create(
      tenant('movers', {
        environments: [{ name: 'dev', cluster: 'local', protected: false }],
      }),
    );
    await expect(
      tenants().patch('movers', {
        spec: {
          environments: [{ name: 'dev', cluster: 'west', protected: false }],
        },
      }),
    ).rejects.toThrow("The cluster of an environment can't be changed");
  });

  it('are created on their own cluster, with all policies', async () => {
    await world.giveTenant(
      tenant('rates-desk', {
        environments: [
          { name: 'dev', cluster: 'local', protected: false },
          { name: 'test', cluster: 'west', protected: false },
        ],
      }),
    );
    const { status } = await tenants().get('rates-desk');
    expect(status?.environments).toMatchObject([
      { name: 'dev', ready: true },
      { name: 'test', ready: true, limit: { cpu: '2' } },
    ]);
    expect(status?.clusters).toEqual(['west']);
    expect((await ready())?.message).toMatch(/^2 of 2 environments ready/);
    const here = world.admin.resource(coreKinds.namespaces);
    expect(await find(here, there)).toBeUndefined();
    const namespaces = west.admin.resource(coreKinds.namespaces);
    expect(await find(namespaces, there)).toMatchObject({
      metadata: {
        labels: {
          'bailiwick.dev/cluster': 'west',
          'pod-security.kubernetes.io/enforce': 'restricted',
        },
      },
    });
    expect(await find(namespaces, home)).toBeUndefined();
    const builder = west.admin.as({ user: 'user:default/bea' });
    expect(
      await world.may(builder, 'get', 'pods/log', { namespace: there }),
    ).toBe(true);
    const stranger = west.admin.as({ user: 'user:default/eve' });
    expect(
      await world.may(stranger, 'list', 'pods', { namespace: there }),
    ).toBe(false);
    // The policy that guards environments, also there.
    await expect(
      builder.resource(coreKinds.configMaps).create({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'mine', namespace: there },
      }),
    ).rejects.toThrow('is an environment, where only the operator can write');
  });

  it('run apps, each where its environment is', async () => {
    await new AppSteps(world, bea()).writeBundle('prices', '3f9c1e2', 'code');
    await resources.apps(bea()).create(
      app('prices', home, {
        environments: [
          { name: 'dev', revision: 'draft' },
          { name: 'test', revision: 'draft' },
        ],
      }),
    );
    const found = await eventually(
      'prices is healthy on both',
      async () => {
        const { dev, test } = await environments('prices');
        const are = [dev, test].every(one => one?.health === 'Healthy');
        return are && test.contract ? { dev, test } : undefined;
      },
      60,
    );
    expect(found.test).toMatchObject({
      revision: '3f9c1e2',
      pods: { ready: 1, desired: 1 },
    });
    expect(found.test).not.toHaveProperty('stale');
    const deployments = (admin = world.admin) =>
      admin.resource(coreKinds.deployments).list();
    expect(
      (await deployments()).map(({ metadata }) => metadata.namespace),
    ).toEqual(['rates-desk--dev']);
    expect(
      (await deployments(west.admin)).map(({ metadata }) => metadata.namespace),
    ).toEqual([there]);
  });

  it('report a cluster that does not exist', async () => {
    await tenants().create(
      tenant('lost', {
        environments: [{ name: 'dev', cluster: 'nowhere', protected: false }],
      }),
    );
    const found = await eventually('The tenant says so', async () => {
      const { status } = await tenants().get('lost');
      const is = findCondition(status, 'Ready');
      return is?.reason === 'ClusterNotFound' ? is : undefined;
    });
    expect(found.message).toMatch(/Cluster "nowhere" of dev was not found/);
    const here = world.admin.resource(coreKinds.namespaces);
    expect(await find(here, 'lost--dev')).toBeUndefined();
  });

  it('lose an app with all that it has', async () => {
    await apps().delete('prices', { namespace: home });
    await eventually(
      'The app is gone',
      async () => !(await find(apps(), 'prices', home)),
      40,
    );
    const all = { namespace: there };
    const kinds = [coreKinds.deployments, coreKinds.services];
    for (const kind of kinds)
      expect(await west.admin.resource(kind as never).list(all)).toEqual([]);
  });

  it('go with their tenant', async () => {
    await tenants().delete('rates-desk');
    await eventually(
      'The tenant is gone',
      async () => !(await find(tenants(), 'rates-desk')),
      60,
    );
    const namespaces = west.admin.resource(coreKinds.namespaces);
    expect(await find(namespaces, there)).toBeUndefined();
  });
});
