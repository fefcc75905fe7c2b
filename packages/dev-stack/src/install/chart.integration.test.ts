/**
 * @jest-environment node
 * @heavy
 */
import { paths, ports, repositoryRoot } from '@bailiwick/backstage-cli';
import {
  coreKinds,
  KubeClient,
  type ConfigMap,
  type KubeObject,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  changeRequestKind,
  homeNamespace,
  planKind,
  tenantKind,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { nodeAddresses } from '@bailiwick/backstage-testing';
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { basicLogin } from '../demo/calls';
import { eventually } from '../demo/expect';
import { demoApp, demoTenant } from '../demo/playMainPath';
import { signIn } from '../portal/signIn';
import { ChartStack } from './__testUtils__/ChartStack';
import { findCrashes } from './findCrashes';
import { Reader } from './Reader';

const run = promisify(execFile);
const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
const integration =
  process.env.BAILIWICK_INTEGRATION && asRoot ? describe : describe.skip;
// On a new machine, images are built first. A program that ends again and again is reported long before.
jest.setTimeout(900_000);

/** Tenant, plan and request of `helm test`. */
const testTenant = 'helm-test';

interface Definition extends KubeObject {
  spec?: { versions: object[] };
}

integration('the chart', () => {
  let stack: ChartStack;
  let client: KubeClient;

  /** A pod beside the portal whose program ends at once. */
  const crashingPod = () => {
    const { apps } = JSON.parse(
      readFileSync(paths(stack.options).chartValues, 'utf8'),
    );
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'crashing', namespace: 'bailiwick-portal' },
      spec: {
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65_532,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [
          {
            name: 'main',
            image: apps.images.runtime,
            command: ['sh', '-c', 'echo It is broken. && exit 1'],
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
            },
          },
        ],
      },
    } as unknown as Pod;
  };

  beforeAll(async () => {
    stack = await ChartStack.start(28_800);
    client = stack.client;
    await client.resource<Pod>(coreKinds.pods).create(crashingPod());
  });
  afterAll(() => stack?.stop());

  it('installs a portal in which people create apps', async () => {
    await stack.run('demo', '--until', 'The app runs');
    expect(await stack.podsOf(`${demoTenant}--dev`)).toHaveLength(1);
  });

  it('is tested by the main path, which names the failed step and leaves nothing behind', async () => {
    const objects = [planKind, changeRequestKind, tenantKind].map(kind =>
      client.resource<KubeObject>(kind),
    );
    const left = async () => {
      const lists = await Promise.all(objects.map(kind => kind.list()));
      return lists
        .flat()
        .filter(({ metadata }) => metadata.name === testTenant);
    };
    const images = client.resource<ConfigMap>(coreKinds.configMaps);
    const settings = { namespace: 'bailiwick-system' };
    const { data = {} } = await images.get('runtime-images', settings);
    const setImage = (image: string) =>
      images.patch(
        'runtime-images',
        { data: { 'bailiwick.python': image } },
        settings,
      );
    await setImage('localhost/bailiwick/missing:1');
    await expect(stack.release('test')).rejects.toMatchObject({
      stderr: expect.stringContaining(
        "The runtime image localhost/bailiwick/missing:1 can't be pulled",
      ),
    });
    await setImage(data['bailiwick.python']);
    expect(await left()).toEqual([]);

    const { stderr } = await stack.release('test');
    expect(stderr).toContain('The gateway returned');
    expect(await left()).toEqual([]);
    const account = client
      .resource(coreKinds.serviceAccounts)
      .get('test', settings);
    await expect(account).rejects.toThrow('not found');
    expect(await client.resource(coreKinds.jobs).list(settings)).toEqual([]);
  });

  it('is upgraded and rolled back while people read, without a lost call or a restarted app', async () => {
    const tom = await signIn(stack.addresses.portal, 'tom');
    const { token } = await tom.client.createGrant(demoTenant, demoApp, {
      client: 'excel',
      environment: 'dev',
      days: 1,
    });
    const service = await client
      .resource(coreKinds.services)
      .get('gateway', { namespace: 'bailiwick-system' });
    const { pathname } = new URL(
      `${stack.addresses.gateway}/v1/${demoTenant}/dev/${demoApp}/prices?symbols=AAPL`,
    );
    const reader = new Reader(`http://${service.spec!.clusterIP}${pathname}`, {
      authorization: basicLogin('tom', token),
    });
    const apps = await stack.uidsOf(`${demoTenant}--dev`);
    const gateways = await stack.uidsOf('bailiwick-system');

    reader.start();
    await stack.upgrade('--set', 'gateway.resources.requests.memory=200Mi');
    expect(await stack.uidsOf('bailiwick-system')).not.toEqual(gateways);
    await stack.release('rollback', '--wait');
    const { answered, failures } = await reader.stop();
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(20);
    expect(await stack.uidsOf(`${demoTenant}--dev`)).toEqual(apps);
  });

  it('keeps the calls and reads of gateways with volumes when they are replaced', async () => {
    const volumes = [
      ...['--set', 'gateway.storage.enabled=true'],
      ...['--set', 'gateway.storage.size=100Mi'],
      ...['--set', 'gateway.replicas=2'],
    ];
    await stack.upgrade(...volumes);
    const rita = await signIn(stack.addresses.portal, 'rita');
    const { token } = await rita.client.createGrant(demoTenant, demoApp, {
      client: 'api',
      environment: 'dev',
      days: 1,
    });
    const headers = { authorization: basicLogin('rita', token) };
    const prices = `${stack.addresses.gateway}/v1/${demoTenant}/dev/${demoApp}/prices?symbols=AAPL`;
    await eventually('Rows of a new gateway', 60, async () => {
      const { ok } = await fetch(prices, { headers });
      return ok || undefined;
    });
    /** What the portal shows of the calls so far. */
    const seen = async () => {
      const totals = await rita.client.listCallTotals();
      const { items, notes } = await rita.client.getReads(demoTenant, {});
      return {
        calls: totals.find(({ app }) => app === demoApp)?.calls,
        reads: items,
        notes,
      };
    };
    const complete = async () => {
      const now = await seen();
      const isKnown = now.calls && now.reads.length > 0;
      return isKnown && now.notes.length === 0 ? now : undefined;
    };
    const before = await eventually('The calls so far', 60, complete);
    const gateways = await stack.uidsOf('bailiwick-system');
    await stack.upgrade(
      ...[...volumes, '--set', 'gateway.resources.requests.memory=200Mi'],
    );
    expect(await stack.uidsOf('bailiwick-system')).not.toEqual(gateways);
    expect(await eventually('The calls from before', 60, complete)).toEqual(
      before,
    );
  });

  it('serves an app at an address of its own, on a port of the nodes', async () => {
    const port = 30_180;
    const networking = {
      profile: 'node-port',
      hostRule: '{app}.{environment}.{tenant}.apps.test',
      nodePort: { port },
    };
    await stack.upgrade(
      '--set-json',
      `cluster.networking=${JSON.stringify(networking)}`,
    );
    const home = { namespace: homeNamespace(demoTenant) };
    const apps = client.resource<App>(appKind);
    const { spec } = await apps.get(demoApp, home);
    const environments = spec.environments.map(each => ({
      ...each,
      address: true,
    }));
    await apps.patch(demoApp, { spec: { environments } }, home);
    const host = `${demoApp}.dev.${demoTenant}.apps.test`;
    const url = await eventually('The address', 60, async () => {
      const { status } = await apps.get(demoApp, home);
      return status?.environments?.[0]?.address?.url;
    });
    expect(url).toBe(`http://${host}:${port}`);

    const bea = await signIn(stack.addresses.portal, 'bea');
    const { token } = await bea.client.createGrant(demoTenant, demoApp, {
      client: 'api',
      environment: 'dev',
      days: 1,
    });
    const { node } = await nodeAddresses(client);
    // Resolves the name as the DNS of a company would.
    const read = async (...login: string[]) => {
      const { stdout } = await run('curl', [
        ...['--silent', '--resolve', `${host}:${port}:${node}`, ...login],
        `${url}/prices?symbols=AAPL`,
      ]);
      return JSON.parse(stdout);
    };
    const { rows } = await eventually('Rows at the address', 30, async () => {
      const answer = await read('--user', `bea:${token}`);
      return answer.rows ? answer : undefined;
    });
    expect(rows[0]).toMatchObject({ symbol: 'AAPL' });
    expect(await read()).toMatchObject({ error: { type: 'not-logged-in' } });
  });

  it('has dashboards and alerts with metrics that exist', async () => {
    const get = async (url: string) => (await fetch(url)).text();
    const [{ status }] = await stack.podsOf(`${demoTenant}--dev`);
    const exported = [
      await get(`${stack.addresses.operator}/metrics`),
      await get(
        `http://localhost:${ports(stack.options).gatewayMetrics}/metrics`,
      ),
      await get(`http://${status!.podIP}:8080/metrics`),
    ].join('\n');
    const folder = join(repositoryRoot, 'charts/bailiwick/monitoring');
    const used = globSync(['alerts.yaml', 'dashboards/*.json'], { cwd: folder })
      .map(file => readFileSync(join(folder, file), 'utf8'))
      .join('\n')
      .matchAll(
        /\b(bailiwick|controller_runtime|workqueue|rest_client|leader_election|process)(_[a-z]+)+\b/g,
      );
    const names = [...new Set([...used].map(([name]) => name))];
    expect(names.length).toBeGreaterThan(15);
    // Those of consumers are in other pods. A gateway without requests has no series yet.
    const missing = names.filter(name => {
      const metric = name.replace(/_bucket$/, '');
      return (
        !name.startsWith('bailiwick_consumer_') &&
        !exported.includes(`# TYPE ${metric} `)
      );
    });
    expect(missing).toEqual([]);
  });

  it('reports a program that ends when it starts, with the end of its log', async () => {
    await expect(
      findCrashes(client, AbortSignal.timeout(120_000)),
    ).rejects.toThrow(
      /^Container main of pod bailiwick-portal\/crashing ends again and again:\nIt is broken\.$/,
    );
  });

  it('updates kinds, and leaves plans as people adapted them', async () => {
    const kinds = client.resource<Definition>(
      coreKinds.customResourceDefinitions,
    );
    const name = 'tenants.bailiwick.dev';
    const before = await kinds.get(name);
    const plans = client.resource(planKind);
    await plans.patch('small', { spec: { title: 'Adapted' } });
    // As if the release was of a version without columns.
    const [version] = before.spec!.versions;
    await kinds.patch(name, {
      spec: { versions: [{ ...version, additionalPrinterColumns: [] }] },
    });
    await stack.upgrade();
    const after = await kinds.get(name);
    expect(after.spec).toEqual(before.spec);
    expect(await plans.get('small')).toMatchObject({
      spec: { title: 'Adapted' },
    });
  });

  it('rejects wrong values before anything changes', async () => {
    const before = await stack.release('history', '--output', 'json');
    await expect(stack.upgrade('--set', 'gateway.replica=3')).rejects.toThrow(
      "at '/gateway': additional properties 'replica' not allowed",
    );
    await expect(
      stack.upgrade('--set', 'portal.demoSignIn.enabled=false'),
    ).rejects.toThrow('The portal needs these values: portal.oidc.metadataUrl');
    const after = await stack.release('history', '--output', 'json');
    expect(after.stdout).toBe(before.stdout);
  });

  it('can be removed and installed again; apps keep running and tenants stay', async () => {
    const apps = await stack.uidsOf(`${demoTenant}--dev`);
    await stack.release('uninstall', '--wait');
    await eventually('The end of the pods', 60, async () => {
      const left = await stack.podsOf('bailiwick-system');
      return left.length === 0 || undefined;
    });
    expect(await stack.uidsOf(`${demoTenant}--dev`)).toEqual(apps);
    expect(await client.resource(tenantKind).list()).toHaveLength(1);

    await stack.upgrade('--install');
    const bea = await signIn(stack.addresses.portal, 'bea');
    const { files } = await bea.client.listFiles(demoTenant, demoApp);
    expect(files.map(({ path }) => path)).toContain('functions.py');
    expect(await client.resource(appKind).list()).toHaveLength(1);
    expect(await stack.uidsOf(`${demoTenant}--dev`)).toEqual(apps);

    const [{ metadata }] = await stack.podsOf(`${demoTenant}--dev`);
    const at = { namespace: metadata.namespace };
    await client.resource<Pod>(coreKinds.pods).delete(metadata.name, at);
    await eventually('Another pod of the app', 60, async () => {
      const [pod] = await stack.podsOf(`${demoTenant}--dev`);
      const isAnother = pod && pod.metadata.uid !== metadata.uid;
      return (isAnother && pod.status?.phase === 'Running') || undefined;
    });
  });
});
