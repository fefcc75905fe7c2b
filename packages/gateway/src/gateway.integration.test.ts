import {
  coreKinds,
  KubeClient,
  type Desired,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  domainPackKind,
  grantKind,
  labels,
  managedBy,
  tenantKind,
  type App,
  type DomainPack,
  type Grant,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { keptPackName } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { pack } from '@bailiwick/backstage-testing/objects';
import type { FastifyInstance } from 'fastify';
import { createGateway } from './createGateway';
import { CallRecorder } from './history';
import { GatewayMetrics } from './observe';
import { run } from './run';
import { SnapshotStore } from './snapshots';
import { DirectUpstream } from './upstream';
import { UsageRecorder, writeGrantUsage } from './usage';
import { ClusterView } from './watch';
import {
  aGrant,
  anApp,
  aTenant,
  basic,
  ticks,
  token,
} from './__testUtils__/objects';
import { EventText } from './__testUtils__/EventText';
import { json, startApp, type StartedApp } from './__testUtils__/startApp';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
const log = { info() {}, warn() {}, error() {} };
const apps = appKind as ResourceType<App>;
const grants = grantKind as ResourceType<Grant>;
const tenants = tenantKind as ResourceType<Tenant>;

integration('gateway on a real API server', () => {
  let controlPlane: TestCluster;
  let client: KubeClient;
  let view: ClusterView;
  let usage: UsageRecorder;
  let app: StartedApp;
  let upstream: DirectUpstream;
  let gateway: FastifyInstance;
  let address: string;
  const stopped = new AbortController();

  beforeAll(async () => {
    controlPlane = await startTestCluster({ chartFolders: ['crds'] });
    client = KubeClient.fromKubeconfig({
      path: controlPlane.kubeconfig,
      userAgent: 'gateway-test',
    });
    await prepareCluster(client);
    app = await startApp((request, response) =>
      request.url?.startsWith('/stream/')
        ? response.write('ABC'.replace(/./g, 'data: {"symbol":"$&"}\n\n'))
        : json({ rows: [], count: 0 })(request, response),
    );
    view = new ClusterView({ client, log });
    view.start(stopped.signal);
    usage = new UsageRecorder({
      log,
      write: writeGrantUsage(client, grant => view.newestGrant(grant)),
    });
    upstream = new DirectUpstream({
      timeout: 2_000,
      services: { serviceAddress: () => app },
    });
    gateway = createGateway({
      directory: view,
      upstream,
      usage,
      history: new CallRecorder(),
      metrics: new GatewayMetrics(),
      reads: { record() {} },
      snapshots: new SnapshotStore({ log }),
      missing: () => view.missing,
    });
    address = await gateway.listen({ host: '127.0.0.1', port: 0 });
    await until(() => view.missing.length === 0);
  }, 60_000);

  afterAll(async () => {
    await gateway?.close();
    await usage?.stop();
    stopped.abort();
    await upstream?.close();
    await app?.stop();
    await client?.close();
    await controlPlane?.stop();
  }, 30_000);

  const ask = async (path = '/v1/desk/prod/feed/prices') => {
    const answer = await gateway.inject({
      url: path,
      headers: { authorization: basic(token) },
    });
    return answer.statusCode;
  };
  const revoke = async () => {
    await client
      .resource(grants)
      .delete('tom-excel', { namespace: 'desk--home' });
    await until(async () => (await ask()) === 401);
  };
  const stream = async () => {
    const accept = 'text/event-stream';
    const headers = { accept, authorization: basic(token) };
    return new EventText(
      await fetch(`${address}/v1/desk/prod/feed/ticks`, { headers }),
    );
  };
  const grantOf = async (name: string) =>
    client.resource(grants).get(name, { namespace: 'desk--home' });

  it('opens when a grant appears and closes when it is revoked', async () => {
    expect(await ask()).toBe(401);
    await create(client, grants, aGrant());
    await until(async () => (await ask()) === 200);
    expect(view.grantsOf('desk')).toHaveLength(1);
    await revoke();
  });

  it('rejects a token while the group that it is based on is no member', async () => {
    await create(client, grants, aGrant({ membership: 'user:default/tom' }));
    await until(async () => (await ask()) === 200);
    const { members } = aTenant().spec;
    const without = members!.filter(
      ({ subject }) => subject !== 'user:default/tom',
    );
    const tenant = client.resource(tenants);
    await tenant.patch('desk', { spec: { members: without } });
    await until(async () => (await ask()) === 403);
    expect(await ask('/v1/desk/prod/feed/openapi.json')).toBe(403);
    await tenant.patch('desk', { spec: { members } });
    await until(async () => (await ask()) === 200);
    await revoke();
  });

  it('opens to a person without membership while their access covers the call', async () => {
    const sam = 'user:default/sam';
    const record = {
      request: 'first',
      user: sam,
      app: 'feed',
      environment: 'prod',
      functions: ['prices'],
      expiresAt: '2099-01-01T00:00:00Z',
    };
    const allow = (...access: object[]) =>
      client
        .resource(tenants)
        .patchStatus('desk', { access } as Partial<Tenant['status']> as any);
    await create(client, grants, aGrant({ subject: sam, membership: sam }));
    await until(async () => (await ask()) === 403);
    await allow(record);
    await until(async () => (await ask()) === 200);
    expect(await ask('/v1/desk/prod/feed/ticks')).toBe(403);
    const { paths } = (
      await gateway.inject({
        url: '/v1/desk/prod/feed/openapi.json',
        headers: { authorization: basic(token) },
      })
    ).json();
    expect(Object.keys(paths)).toEqual(['/prices']);
    for (const change of [
      { user: 'user:default/eve' },
      { app: 'other' },
      { environment: 'dev' },
      { functions: ['ticks'] },
      { expiresAt: '2026-01-01T00:00:00Z' },
    ]) {
      await allow({ ...record, ...change });
      await until(async () => (await ask()) === 403);
      await allow(record);
      await until(async () => (await ask()) === 200);
    }
    // At the expiry, without any event.
    const expiresAt = new Date(Date.now() + 2_000).toISOString();
    await allow({ ...record, expiresAt });
    await until(async () => (await ask()) === 403);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
    await allow({ ...record, functions: undefined });
    await until(async () => (await ask()) === 200);
    const text = await stream();
    await text.until('"symbol":"C"');
    await allow();
    expect(await text.rest()).toContain('event: error\ndata: {"type":"not-all');
    expect(await ask()).toBe(403);
    await revoke();
  });

  it('limits the calls of an app by the version of its pack', async () => {
    const packs = client.resource(domainPackKind as ResourceType<DomainPack>);
    const { archetype } = anApp().spec;
    const version = (name: string, number: string, callsPerMinute: number) => {
      const { spec, ...rest } = pack(archetype.pack);
      const quotas = { callsPerMinute };
      return {
        ...rest,
        metadata: { name },
        spec: { ...spec, version: number, quotas },
      };
    };
    const kept = keptPackName(archetype.pack, archetype.version);
    await packs.create(version(kept, archetype.version, 600));
    await packs.create(version(archetype.pack, '99.0.0', 6));
    const newer = { archetype: { ...archetype, version: '99.0.0' } };
    await until(async () => view.callsPerMinute(anApp(newer)) === 6);
    expect(view.callsPerMinute(anApp())).toBe(600);
    await packs.delete(kept);
    await packs.delete(archetype.pack);
    await until(async () => view.callsPerMinute(anApp()) === undefined);
  });

  it('cuts a stream within 5 seconds after its token was revoked', async () => {
    await create(client, grants, aGrant());
    await until(async () => (await ask()) === 200);
    const text = await stream();
    await text.until('"symbol":"C"');
    await client
      .resource(grants)
      .delete('tom-excel', { namespace: 'desk--home' });
    const revoked = Date.now();
    expect(await text.rest()).toContain('event: error\ndata: {"type":"not-log');
    expect(Date.now() - revoked).toBeLessThan(5_000);
    await until(async () => (await ask()) === 401);
  });

  it('cuts a stream within 5 seconds after the membership ended', async () => {
    await create(client, grants, aGrant({ membership: 'user:default/tom' }));
    await until(async () => (await ask()) === 200);
    const text = await stream();
    await text.until('"symbol":"C"');
    const { members } = aTenant().spec;
    await client.resource(tenants).patch('desk', { spec: { members: [] } });
    const ended = Date.now();
    expect(await text.rest()).toContain('event: error\ndata: {"type":"not-all');
    expect(Date.now() - ended).toBeLessThan(5_000);
    await client.resource(tenants).patch('desk', { spec: { members } });
    await revoke();
  });

  it('counts a stream once, and its rows when it has ended', async () => {
    await create(client, grants, aGrant());
    await until(async () => (await ask()) === 200);
    await usage.flush();
    const before = (await grantOf('tom-excel')).status?.calls ?? 0;
    const text = await stream();
    await text.until('"symbol":"C"');
    await text.leave();
    await until(async () => {
      await usage.flush();
      return (await grantOf('tom-excel')).status?.streamedRows === 3;
    });
    expect((await grantOf('tom-excel')).status?.calls).toBe(before + 1);
    await revoke();
  });

  it('writes reader, time and number of calls, and adds to the counts of others', async () => {
    await create(client, grants, aGrant());
    await until(async () => (await ask()) === 200);
    await ask();
    await usage.flush();
    const before = (await grantOf('tom-excel')).status;
    expect(before?.calls).toBeGreaterThanOrEqual(2);
    expect(Date.now() - Date.parse(before?.lastUsed ?? '')).toBeLessThan(
      30_000,
    );

    const other = { calls: 1000, lastUsed: '2000-01-01T00:00:00.000Z' };
    await client
      .resource(grants)
      .patchStatus('tom-excel', other, { namespace: 'desk--home' });
    await ask();
    await until(async () => {
      await usage.flush();
      return (await grantOf('tom-excel')).status?.calls === 1001;
    });
    const last = async () => {
      await usage.flush();
      return (await grantOf('tom-excel')).status!;
    };
    expect(await ask('/v1/desk/prod/feed/prices?colour=red')).toBe(400);
    await until(async () => (await last()).lastFailure?.fn === 'prices');
    expect(await ask('/v1/desk/prod/feed/absent')).toBe(404);
    await until(async () => (await last()).lastFailure?.type === 'not-found');
    // The function was that of the earlier failure.
    expect((await last()).lastFailure).not.toHaveProperty('fn');
    expect((await last()).lastRead).toMatchObject({ fn: 'prices' });
    await revoke();
  });

  it('finds the services that Bailiwick manages, and no others', async () => {
    const ours = { [labels.managedBy]: managedBy };
    await create(client, coreKinds.services, service('feed', ours));
    await create(client, coreKinds.services, service('other', {}));
    await until(() => view.serviceAddress('feed', 'desk--prod') !== undefined);
    const created = await client
      .resource(coreKinds.services)
      .get('feed', { namespace: 'desk--prod' });
    const host = created.spec?.clusterIP;
    const found = view.serviceAddress('feed', 'desk--prod');
    expect(found).toEqual({ host, port: 80 });
    expect(view.serviceAddress('other', 'desk--prod')).toBeUndefined();
  });

  it('runs as a whole: becomes ready by itself, and reports missing prerequisites', async () => {
    const running = await run({
      kubeconfig: controlPlane.kubeconfig,
      host: '127.0.0.1',
      port: 0,
      metricsPort: 0,
      upstream: 'proxy',
      timeout: 5_000,
      failedLogins: 20,
      ...{ streams: 50, streamsPerGrant: 10 },
      readsMegabytes: 1,
      snapshotsMegabytes: 64,
      trustedProxies: [],
    });
    try {
      await until(async () => (await fetch(`${running.address}/readyz`)).ok);
      await create(client, grants, aGrant());
      const headers = { authorization: basic(token) };
      const path = `${running.address}/v1/desk/prod/feed/prices`;
      await until(async () => (await fetch(path, { headers })).status !== 401);
      const answer = await fetch(path, { headers });
      expect(answer.status).toBe(503);
      const { error } = (await answer.json()) as { error: { message: string } };
      expect(error.message).toContain('No pod of feed is ready');
      const metrics = `http://127.0.0.1:${running.metricsPort}/metrics`;
      expect(await (await fetch(metrics)).text()).toMatch(
        /requests_total\{.*status="503",fault="app"\} [1-9]/,
      );
      const history = await fetch(metrics.replace('/metrics', '/calls'));
      expect(await history.text()).toContain('"fn":"prices","slots":[[');
    } finally {
      await running.stop();
    }
  });
});

async function prepareCluster(client: KubeClient): Promise<void> {
  for (const name of ['desk--home', 'desk--prod']) {
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    };
    await create(client, coreKinds.namespaces, namespace);
  }
  const feed = anApp();
  feed.status!.environments![0].contract!.functions.push(ticks);
  await create(client, apps, feed);
  await create(client, tenants, aTenant());
  await client
    .resource(apps)
    .patchStatus('feed', { ...feed.status }, { namespace: 'desk--home' });
}

async function create<T extends KubeObject>(
  client: KubeClient,
  type: ResourceType<T>,
  object: T,
): Promise<void> {
  const metadata = { ...object.metadata, uid: undefined };
  await client.resource(type).create({ ...object, metadata } as T & Desired);
}

function service(name: string, own: Record<string, string>): KubeObject {
  const spec = { selector: { app: name }, ports: [{ name: 'http', port: 80 }] };
  const metadata = { name, namespace: 'desk--prod', labels: own };
  return { apiVersion: 'v1', kind: 'Service', metadata, spec } as KubeObject;
}

function until(holds: () => boolean | Promise<boolean>): Promise<unknown> {
  return eventually('What the test waits for', holds);
}
