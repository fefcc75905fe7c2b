import {
  applyDefinitions,
  coreKinds,
  type Service,
} from '@bailiwick/backstage-kube-controller';
import {
  addressesReadyCondition,
  clusterKind,
  findCondition,
  type AppAddressStatus,
  type Cluster,
  type Networking,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  networkingDefinitions,
  type NetworkingProject,
} from '@bailiwick/backstage-testing/definitions';
import { app, plan, tenant } from '@bailiwick/backstage-testing/objects';
import {
  gatewayApi,
  gke,
  host,
  hostRule,
  ingress,
  istio,
  none,
} from './__testUtils__/profiles';
import { resources, World } from '../../__testUtils__/World';
import { systemNamespace } from '../../names';
import { addressSelector, desiredRoutes } from './desired';
import { routeKinds } from './routeKinds';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(90_000);

integration('addresses on a real API server', () => {
  let world: World;
  const home = 'rates-desk--home';
  const clusters = () => world.admin.resource<Cluster>(clusterKind);
  const apps = () => resources.apps(world.admin);

  const install = async (project: NetworkingProject) =>
    applyDefinitions(world.admin, await networkingDefinitions(project), {
      fieldManager: 'tests',
    });

  /** Chooses a profile as an administrator would replace the object. */
  async function choose(networking: Networking): Promise<void> {
    await eventually('The Cluster is replaced', async () => {
      const cluster = await clusters().get('local');
      const spec = { ...cluster.spec, networking };
      return clusters()
        .replace({ ...cluster, spec })
        .then(
          () => true,
          error => {
            if (error.status !== 409) throw error;
            return false;
          },
        );
    });
  }

  const addressOf = async (name: string): Promise<AppAddressStatus> => {
    const { status } = await apps().get(name, { namespace: home });
    return status?.environments?.[0]?.address ?? {};
  };
  const addressBecomes = (expected: AppAddressStatus, name = 'prices') =>
    eventually(
      `The address of ${name}: ${JSON.stringify(expected)}`,
      async () => {
        const { url, problem } = await addressOf(name);
        return url === expected.url && problem === expected.problem;
      },
    );
  const problemBecomes = (part: string, name = 'prices') =>
    eventually(`The problem ${part}`, async () =>
      (await addressOf(name)).problem?.includes(part),
    );
  const conditionBecomes = (status: 'False' | 'True' | undefined, part = '') =>
    eventually(`The condition ${status} ${part}`, async () => {
      const found = findCondition(
        (await clusters().get('local')).status,
        addressesReadyCondition,
      );
      const isSo =
        found?.status === status && (found?.message ?? '').includes(part);
      return isSo ? { found } : undefined;
    });

  /** Names of the objects of addresses, of all kinds that are served. */
  async function objects(): Promise<string[]> {
    const lists = await Promise.all(
      routeKinds.map(kind =>
        world.admin
          .resource(kind)
          .list({ labelSelector: addressSelector })
          .then(
            found =>
              found.map(
                ({ metadata }) =>
                  `${kind.kind} ${metadata.namespace}/${metadata.name}`,
              ),
            error => {
              if (error.status !== 404) throw error;
              return [];
            },
          ),
      ),
    );
    return lists.flat().sort();
  }
  const objectsBecome = (...expected: string[]) =>
    eventually(`The objects ${expected}`, async () => {
      expect(await objects()).toEqual([...expected].sort());
      return true;
    });

  beforeAll(async () => {
    world = await World.start();
    for (const name of [systemNamespace, 'edge'])
      await world.admin
        .resource(coreKinds.namespaces)
        .create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
        .catch(error => {
          if (error.status !== 409) throw error;
        });
    await resources.plans(world.admin).create(plan('small'));
    await world.giveTenant(tenant('rates-desk'));
    await clusters().create({
      apiVersion: clusterKind.apiVersion,
      kind: 'Cluster',
      metadata: { name: 'local' },
      spec: { title: 'Local', provider: 'existing', networking: none },
    });
    await apps().create(
      app('prices', home, {
        environments: [{ name: 'dev', revision: 'draft', address: true }],
      }),
    );
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('are absent without a profile, and the app says so', async () => {
    await problemBecomes(
      'Ask the platform team to choose a networking profile',
    );
    await objectsBecome();
    await conditionBecomes(undefined);
  });

  it('require the Service of the gateway', async () => {
    await choose(ingress);
    await problemBecomes('no Service bailiwick-system/gateway');
    await world.admin.resource<Service>(coreKinds.services).create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'gateway', namespace: systemNamespace },
      spec: {
        selector: { app: 'gateway' },
        ports: [{ name: 'http', port: 80, targetPort: 'http' }],
      },
    });
    // The Service is noticed without a change of the Cluster; cert-manager is still missing.
    await problemBecomes('certificates.cert-manager.io. Install cert-manager');
    const { found } = (await conditionBecomes(
      'False',
      'choose another networking profile',
    ))!;
    expect(found).toMatchObject({ reason: 'NoAddresses' });
    await objectsBecome();
    const { status } = await clusters().get('local');
    expect(findCondition(status, 'Ready')?.status).toBe('True');
  });

  it('name the definitions that each profile lacks', async () => {
    await choose({ ...gatewayApi, certificates: undefined });
    await problemBecomes(
      'httproutes.gateway.networking.k8s.io. Install Gateway API',
    );
    await choose({ ...istio, certificates: undefined });
    await problemBecomes('virtualservices.networking.istio.io. Install Istio');
    await choose(gke);
    await problemBecomes('healthcheckpolicies.networking.gke.io');
    await objectsBecome();
  });

  it.each<[string, Networking, NetworkingProject, string[]]>([
    [
      'an Ingress and a certificate of cert-manager',
      ingress,
      'certManager',
      [
        `Certificate bailiwick-system/${host}`,
        `Ingress bailiwick-system/${host}`,
      ],
    ],
    [
      'a route of the Gateway API and a wildcard certificate',
      gatewayApi,
      'gatewayApi',
      [
        'Certificate edge/bailiwick-addresses',
        `HTTPRoute bailiwick-system/${host}`,
      ],
    ],
    [
      'a VirtualService of Istio and a wildcard certificate',
      istio,
      'istio',
      [
        'Certificate edge/bailiwick-addresses',
        `VirtualService bailiwick-system/${host}`,
      ],
    ],
  ])(
    'have %s, accepted by the definitions of its project, and nothing of the profile before',
    async (_, networking, project, expected) => {
      await install(project);
      await choose(networking);
      await addressBecomes({ url: `https://${host}` });
      await objectsBecome(...expected);
      await conditionBecomes('True');
    },
  );

  it('leave a foreign object with the name of their own unchanged', async () => {
    await choose(none);
    await objectsBecome();
    const [foreign] = desiredRoutes(
      { key: '', app: 'a', environment: 'b', tenant: 'c', host },
      { ...ingress, certificates: undefined },
      { port: 80 },
    );
    const kind = routeKinds.find(one => one.kind === 'Ingress')!;
    const { annotations: _, labels: __, ...metadata } = foreign.metadata;
    await world.admin.resource(kind).create({ ...foreign, metadata });
    await choose({ ...ingress, certificates: undefined });
    await problemBecomes('already exists and is not managed by Bailiwick');
    const left = await world.admin
      .resource(kind)
      .get(host, { namespace: systemNamespace });
    expect(left.metadata.labels).toBeUndefined();
    await world.admin
      .resource(kind)
      .delete(host, { namespace: systemNamespace });
  });

  it('open a port of the nodes, and close it', async () => {
    await choose({ profile: 'node-port', hostRule, nodePort: { port: 30181 } });
    await addressBecomes({ url: `http://${host}:30181` });
    await objectsBecome('Service bailiwick-system/bailiwick-addresses');
    await choose({ profile: 'node-port', hostRule, nodePort: { port: 99 } });
    await problemBecomes('provided port is not in the valid range');
    await objectsBecome();
    await choose(none);
    await problemBecomes('choose a networking profile');
  });

  it('belong to one app, and to another when it gives its own up', async () => {
    const rule = '{app}.apps.example.com';
    const url = 'https://prices.apps.example.com';
    await choose({
      profile: 'ingress',
      hostRule: rule,
      ingress: { className: 'nginx' },
    });
    await addressBecomes({ url });
    await world.giveTenant(tenant('other-desk'));
    await apps().create(
      app('prices', 'other-desk--home', {
        environments: [{ name: 'dev', revision: 'draft', address: true }],
      }),
    );
    const other = async () => {
      const namespace = 'other-desk--home';
      const { status } = await apps().get('prices', { namespace });
      return status?.environments?.[0]?.address;
    };
    await eventually('The address is refused', async () =>
      (await other())?.problem?.includes('belongs to an app of another tenant'),
    );
    expect(await addressOf('prices')).toEqual({ url });
    await apps().patch(
      'prices',
      { spec: { environments: [{ name: 'dev', revision: 'draft' }] } },
      { namespace: home },
    );
    await eventually(
      'The other app gets it',
      async () => (await other())?.url === url,
    );
    await eventually('The first app has no address', async () => {
      const { status } = await apps().get('prices', { namespace: home });
      return status?.environments?.[0]?.address === undefined;
    });
  });

  it('are refused by the API server for a target, and with an invalid rule', async () => {
    const target = (networking: Networking) =>
      clusters().create({
        apiVersion: clusterKind.apiVersion,
        kind: 'Cluster',
        metadata: { name: 'west' },
        spec: {
          title: 'West',
          provider: 'existing',
          credentials: { secret: 'west' },
          networking,
        },
      });
    await expect(target(ingress)).rejects.toThrow(
      /The gateway runs in the operator's own cluster/,
    );
    const change = (networking: object) =>
      clusters().patch('local', { spec: { networking } });
    await expect(change({ hostRule: '{app}.{team}.com' })).rejects.toThrow(
      /hostRule/,
    );
    await expect(change({ hostRule: '{tenant}.example.com' })).rejects.toThrow(
      /must contain the placeholder \{app\}/,
    );
    await expect(change({ profile: 'istio' })).rejects.toThrow(
      /networking.istio belongs to the profile istio/,
    );
  });
});
