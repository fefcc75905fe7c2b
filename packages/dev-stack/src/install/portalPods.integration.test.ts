/**
 * @jest-environment node
 * @heavy
 */
import {
  coreKinds,
  resourcePath,
  type Job,
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
import { setTimeout as pause } from 'node:timers/promises';
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
  let postgresImage: string;
  /** Options of an upgrade with two portals. */
  let values: string[];
  /** Address of the portals for browsers: the relay of the stack, because pages need a secure context. */
  let url: string;
  /** Address of the portals' Service. */
  let service: string;
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
    service = `http://${clusterIP}`;
    url = stack.addresses.portal;
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
    postgresImage = JSON.parse(loaded).ref;
    postgres = new PostgresPod(client, {
      image: postgresImage,
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
    await Promise.all([relay?.stop(), keycloak?.stop(), stack?.stop()]);
  });

  const portals = () => stack.podsOf(namespace);
  const call = (path: string, at = service) =>
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
      args: ['--no-sandbox', '--disable-gpu'],
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
    const reader = new Reader(`${service}/api/bailiwick/tenants`, {
      authorization: `Bearer ${token}`,
    });
    reader.start();
    // Later upgrades keep the value, so that they replace no portal.
    values.push('--set', 'portal.resources.requests.memory=520Mi');
    await stack.upgrade(...values);
    await eventually('The end of the former pods', 60, async () => {
      const after = await stack.uidsOf(namespace);
      return before.every(uid => !after.includes(uid)) || undefined;
    });
    const { answered, failures } = await reader.stop();
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(20);
  });

  it('are saved by the scheduled Job with their database', async () => {
    const { client } = stack;
    const system = 'bailiwick-system';
    const secrets = client.resource(coreKinds.secrets);
    await secrets.create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'backup', namespace: system },
      data: { RESTIC_PASSWORD: Buffer.from('of this test').toString('base64') },
    });
    await stack.upgrade(
      ...values,
      ...['--set', 'backup.enabled=true'],
      ...['--set', `backup.databaseImage=${postgresImage}`],
      // In the pod, and deleted with it.
      ...['--set', 'backup.repository=/tmp/backups'],
      ...['--set', 'backup.secret=backup'],
    );
    const { spec } = await client
      .resource<KubeObject & { spec?: { jobTemplate: { spec: object } } }>(
        coreKinds.cronJobs as never,
      )
      .get('backup', { namespace: system });
    const jobs = client.resource(coreKinds.jobs);
    await jobs.create({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'first-backup', namespace: system },
      spec: spec!.jobTemplate.spec,
    } as Job);
    const pod = await eventually('The end of the backup', 120, async () => {
      const pods = await stack.podsOf(system);
      const found = pods.find(({ metadata }) =>
        metadata.name.startsWith('first-backup-'),
      );
      const phase = found?.status?.phase ?? '';
      return ['Succeeded', 'Failed'].includes(phase) ? found : undefined;
    });
    const log = await client.request<string>({
      path: resourcePath(coreKinds.pods, {
        namespace: system,
        name: pod.metadata.name,
        subresource: 'log',
      }),
    });
    expect(log).toMatch(/^volume bailiwick-portal\/shared: \d/m);
    expect(log).toMatch(/^database of the portal: [1-9]/m);
    expect(log).toMatch(/^Saved \d+ objects in the snapshot [0-9a-f]+\.$/m);
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
    await eventually('A clear message', 60, async () => {
      const answers = await Promise.all(
        ['/bailiwick/me', '/catalog/entities', '/auth/oidc/start'].map(path =>
          call(path).then(answer => answer.json()),
        ),
      );
      return answers.every(({ error }) =>
        error?.message.startsWith("The portal's database does not respond."),
      );
    });
    // Three failed probes would make a pod unready.
    await pause(20_000);
    for (const { status } of await portals())
      expect(status?.containerStatuses?.[0].ready).toBe(true);
    await postgres.start();
    await signIn();
    await eventually('Responses', 30, async () => {
      const { ok } = await call('/bailiwick/me');
      return ok || undefined;
    });
    expect(await restarts()).toEqual(before);
  });
});
