/**
 * @jest-environment node
 * @heavy
 */
import {
  coreKinds,
  resourcePath,
  type KubeObject,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { nodeAddresses } from '@bailiwick/backstage-testing';
import {
  Keycloak,
  keycloakCatalog,
  password,
  people,
  portalClient,
  realmName,
} from '@bailiwick/backstage-testing/keycloak';
import { Balancer, Browser } from '@bailiwick/backstage-testing/portal';
import {
  PostgresPod,
  postgresImageSpec,
} from '@bailiwick/backstage-testing/postgres';
import { freePort } from '@bailiwick/backstage-testing/process';
import { clusterCommand } from '../cluster/clusterProcess';
import { eventually } from '../demo/expect';
import { ChartStack } from './__testUtils__/ChartStack';
import { Reader } from './Reader';

const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
const integration =
  process.env.BAILIWICK_INTEGRATION && asRoot ? describe : describe.skip;
// On a new machine, images are built first.
jest.setTimeout(900_000);

const namespace = 'bailiwick-portal';
const databases = 'databases';

integration('two portals in pods', () => {
  let stack: ChartStack;
  let keycloak: Keycloak;
  let relay: Balancer;
  let postgres: PostgresPod;
  /** Address of the portals. */
  let url: string;
  let token: string;

  beforeAll(async () => {
    stack = await ChartStack.start(28_900);
    const { client } = stack;
    const create = (
      type: Parameters<typeof client.resource>[0],
      name: string,
      content: object = {},
    ) =>
      client.resource<KubeObject>(type).create({
        apiVersion: 'v1',
        kind: type.kind,
        metadata: { name, ...(type.scope === 'Namespaced' && { namespace }) },
        ...content,
      } as KubeObject);
    const { clusterIP } = (
      await client.resource(coreKinds.services).get('portal', { namespace })
    ).spec!;
    url = `http://${clusterIP}`;
    const { own } = await nodeAddresses(client);
    keycloak = await Keycloak.start(await freePort(), url);
    // Keycloak accepts HTTP from the loopback address only.
    relay = await Balancer.start(own);
    relay.targets.push(Number(new URL(keycloak.url).port));
    const loaded = await clusterCommand(
      stack.options,
      'image',
      ['load', postgresImageSpec],
      new AbortController().signal,
    );
    await create(coreKinds.namespaces, databases);
    postgres = new PostgresPod(client, {
      image: JSON.parse(loaded).ref,
      namespace: databases,
    });
    await postgres.start();
    const secret = (text: string) => Buffer.from(text).toString('base64');
    await create(coreKinds.secrets, 'database', {
      data: { url: secret(postgres.url) },
    });
    await create(coreKinds.secrets, 'oidc', {
      data: { clientSecret: secret(portalClient.secret) },
    });
    // All pods are on one node, so they can use this volume at the same time.
    await create(coreKinds.persistentVolumeClaims, 'shared', {
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
      },
    });
    const portal = {
      replicas: 2,
      baseUrl: url,
      demoSignIn: { enabled: false },
      oidc: {
        metadataUrl: `${relay.url}/realms/${realmName}/.well-known/openid-configuration`,
        clientId: portalClient.id,
        secret: 'oidc',
      },
      database: { secret: 'database' },
      storage: { existingClaim: 'shared', accessMode: 'ReadWriteMany' },
      config: keycloakCatalog(relay.url),
    };
    await stack.upgrade(
      ...['--timeout', '10m', '--set-json', `portal=${JSON.stringify(portal)}`],
    );
  });
  afterAll(async () => {
    await relay?.stop();
    await keycloak?.stop();
    await stack?.stop();
  });

  const portals = () => stack.podsOf(namespace);
  const call = (path: string, at = url) =>
    fetch(`${at}/api${path}`, {
      headers: { authorization: `Bearer ${token}`, connection: 'close' },
    });
  const signIn = () =>
    eventually('Ada signs in', 120, () =>
      new Browser(url).signIn(people.ada.username, password),
    );

  it('know who signed in to the other', async () => {
    token = await signIn();
    const pods = await portals();
    expect(pods).toHaveLength(2);
    for (const { status } of pods) {
      const answer = await call(
        '/bailiwick/me',
        `http://${status!.podIP}:7007`,
      );
      expect(await answer.json()).toMatchObject({ platformEngineer: true });
    }
  });

  it('lose no call while a pod is replaced', async () => {
    const before = await stack.uidsOf(namespace);
    const [{ metadata }] = await portals();
    const reader = new Reader(`${url}/api/bailiwick/tenants`, {
      authorization: `Bearer ${token}`,
    });
    reader.start();
    await stack.client.request({
      method: 'POST',
      path: resourcePath(coreKinds.pods, {
        namespace,
        name: metadata.name,
        subresource: 'eviction',
      }),
      body: {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: metadata.name, namespace },
      },
    } as never);
    await eventually('Another pod', 120, async () => {
      const pods = await portals();
      const isReady = ({ status }: Pod) =>
        status?.containerStatuses?.every(({ ready }) => ready);
      const uids = pods.map(each => each.metadata.uid);
      return (
        (pods.length === 2 &&
          pods.every(isReady) &&
          !uids.includes(metadata.uid!)) ||
        undefined
      );
    });
    const { answered, failures } = await reader.stop();
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(20);
    const after = await stack.uidsOf(namespace);
    expect(after.filter(uid => before.includes(uid))).toHaveLength(1);
  });

  it('report a database that is away, and continue when it is back', async () => {
    const before = await portals();
    await postgres.stop();
    const probe = async (path: string) => {
      const answer = await call(path).catch(error => error);
      process.stderr.write(
        `${path} ${answer.status} ${
          answer.status ? await answer.text() : answer
        }\n`,
      );
    };
    await probe('/bailiwick/me');
    await probe('/bailiwick/tenants');
    await probe('/notifications/notifications');
    await probe('/catalog/entities?limit=1');
    await probe('/auth/oidc/start?env=production');
    await probe('/auth/.well-known/jwks.json');
    for (const { status } of before) {
      const answer = await fetch(
        `http://${status!.podIP}:7007/.backstage/health/v1/readiness`,
      );
      process.stderr.write(
        `readiness ${answer.status} ${await answer.text()}\n`,
      );
    }
    await postgres.start();
    await signIn();
    const after = await portals();
    process.stderr.write(
      JSON.stringify(
        after.map(({ status }) => status?.containerStatuses),
        null,
        1,
      ),
    );
    expect(after.map(({ metadata }) => metadata.uid)).toEqual(
      before.map(({ metadata }) => metadata.uid),
    );
  });
});
