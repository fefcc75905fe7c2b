/**
 * @jest-environment node
 * @heavy
 */
import {
  coreKinds,
  type KubeObject,
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
import { chromium } from '@playwright/test';
import { clusterCommand } from '../cluster/clusterProcess';
import { eventually } from '../demo/expect';
import { findChromium } from '../process/findChromium';
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
  /** Options of an upgrade with two portals. */
  let values: string[];
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
      config: {
        ...keycloakCatalog(relay.url),
        // This test has no certificates.
        backend: { csp: { 'upgrade-insecure-requests': false } },
      },
    };
    values = [
      ...['--timeout', '10m'],
      ...['--set-json', `portal=${JSON.stringify(portal)}`],
    ];
    await stack.upgrade(...values);
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

  it('sign people out of the provider, too', async () => {
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: [
        ...['--no-sandbox', '--disable-gpu'],
        `--unsafely-treat-insecure-origin-as-secure=${url}`,
      ],
    });
    try {
      const page = await browser.newPage();
      const openLogin = async () => {
        const [popup] = await Promise.all([
          page.waitForEvent('popup'),
          page.getByRole('button', { name: 'Sign in' }).click(),
        ]);
        await popup.getByLabel('Username').waitFor();
        return popup;
      };
      await page.goto(`${url}/settings`);
      const popup = await openLogin();
      await popup.getByLabel('Username').fill(people.ben.username);
      await popup.getByRole('textbox', { name: 'Password' }).fill(password);
      await popup.getByRole('button', { name: 'Sign In' }).click();
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      // Keycloak asks for the password again.
      await openLogin();
      expect(page.url()).toMatch(url);
    } finally {
      await browser.close();
    }
  });

  it('lose no call during an upgrade', async () => {
    const before = await stack.uidsOf(namespace);
    const reader = new Reader(`${url}/api/bailiwick/tenants`, {
      authorization: `Bearer ${token}`,
    });
    reader.start();
    await stack.upgrade(
      ...values,
      ...['--set', 'portal.resources.requests.memory=520Mi'],
    );
    const { answered, failures } = await reader.stop();
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(20);
    const after = await stack.uidsOf(namespace);
    expect(before.filter(uid => after.includes(uid))).toEqual([]);
  });

  it('keep running without their database, and continue when it is back', async () => {
    const restarts = async () => {
      const pods = await portals();
      return pods.map(({ metadata, status }) => [
        metadata.uid,
        status?.containerStatuses?.map(each => each.restartCount),
      ]);
    };
    const before = await restarts();
    await postgres.stop();
    expect((await call('/bailiwick/tenants')).status).toBe(200);
    const keys = await call('/auth/.well-known/jwks.json');
    expect(await keys.json()).toMatchObject({
      error: { message: expect.stringContaining('connect ECONNREFUSED') },
    });
    for (const { status } of await portals())
      expect(status?.containerStatuses?.[0].ready).toBe(true);
    await postgres.start();
    await signIn();
    expect(await restarts()).toEqual(before);
  });
});
