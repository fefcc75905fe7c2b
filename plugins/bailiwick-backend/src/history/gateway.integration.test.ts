import {
  appKind,
  grantKind,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppCallTotals,
  CallHistoryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { eventually } from '@bailiwick/backstage-testing';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createFeedApp } from '../__testUtils__/createFeedApp';
import { freePort } from '../__testUtils__/freePort';
import { signedInAs, type Name } from '../__testUtils__/people';
import { portalPolicy } from '../__testUtils__/portalPolicy';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const root = join(__dirname, '../../../..');

integration('the portal before a real gateway', () => {
  let portal: Portal;
  let gateway: ChildProcess | undefined;
  let ports: { own: number; metrics: number };

  beforeAll(async () => {
    ports = { own: await freePort(), metrics: await freePort() };
    portal = await startPortal({
      features: [portalPolicy],
      gateway: {
        baseUrl: `http://127.0.0.1:${ports.own}`,
        metricsUrl: `http://127.0.0.1:${ports.metrics}`,
      },
    });
    await createFeedApp(portal);
    await portal.cluster.client.resource<App>(appKind).patchStatus(
      'feed',
      {
        health: 'Healthy',
        environments: [
          {
            name: 'dev',
            health: 'Healthy',
            why: '1 of 1 pods ready',
            next: '',
            pods: { ready: 1, desired: 1 },
            since: '2026-11-20T08:00:00Z',
            contract: {
              functions: [
                {
                  name: 'prices',
                  parameters: { type: 'object', properties: {} },
                  result: { kind: 'value' },
                },
                {
                  name: 'rows',
                  parameters: { type: 'object', properties: {} },
                  result: {
                    kind: 'table',
                    columns: [{ name: 'price', type: 'number' }],
                  },
                },
              ],
            },
          },
        ],
      } as unknown as App['status'] & object,
      { namespace: 'rates-desk--home' },
    );
  }, 120_000);
  afterAll(async () => {
    await stopGateway();
    await portal?.stop();
  }, 60_000);

  /** Starts the gateway's program; it calls apps through the API server. */
  async function startGateway(): Promise<void> {
    const bundle = execFileSync(
      process.execPath,
      [
        join(root, 'scripts/bundle.mjs'),
        join(root, 'packages/gateway/src/main.ts'),
      ],
      { encoding: 'utf8' },
    ).trim();
    gateway = spawn(
      process.execPath,
      [
        bundle,
        ...['--kubeconfig', portal.cluster.kubeconfig],
        ...['--port', `${ports.own}`, '--metrics-port', `${ports.metrics}`],
        ...['--upstream', 'proxy'],
      ],
      { stdio: 'ignore', env: { ...process.env, NODE_OPTIONS: '' } },
    );
    await eventually('The gateway is ready', async () => {
      const url = `http://127.0.0.1:${ports.own}/readyz`;
      return (await fetch(url).catch(() => undefined))?.ok;
    });
  }
  async function stopGateway(): Promise<void> {
    if (!gateway || gateway.exitCode !== null) return;
    gateway.kill();
    await once(gateway, 'close');
  }
  const historyOf = async (who: Name, query = '') =>
    portal.call(who, 'GET', `/tenants/rates-desk/apps/feed/history${query}`);
  const totals = async (who: Name) =>
    (await portal.call(who, 'GET', '/calls')).body.items as AppCallTotals[];

  const readFile = (who: Name, fn = 'rows', format = 'xlsx') =>
    portal.call(
      who,
      'GET',
      `/tenants/rates-desk/apps/feed/environments/dev/functions/${fn}/file?format=${format}`,
    );
  const tokens = async () =>
    portal.cluster.client
      .resource(grantKind)
      .list({ namespace: 'rates-desk--home' });

  it('reports a gateway that does not respond to a download, and leaves no token', async () => {
    await eventually('The portal says so', async () => {
      const { body } = await readFile('tom');
      return (
        body.error.message ===
        "The gateway doesn't respond; try again in a moment"
      );
    });
    expect(await tokens()).toEqual([]);
  });

  it('shows unknown calls, and not zero, without a gateway', async () => {
    const { body } = await historyOf('tom');
    const { notes, points, total } = body as CallHistoryView;
    expect(total).toEqual({ calls: 0, errors: 0 });
    expect(points.some(({ calls }) => calls !== undefined)).toBe(false);
    expect(notes).toEqual([
      expect.stringMatching(/^Calls of 1 of 1 gateways are missing: .*REFUSED/),
    ]);
  });

  it('includes calls from before the page was opened, for people who can see the app', async () => {
    await startGateway();
    const { body, status } = await portal.call(
      'tom',
      'POST',
      '/tenants/rates-desk/apps/feed/grants',
      { client: 'excel', environment: 'dev', days: 1 },
    );
    expect({ status, body }).toMatchObject({ status: 201 });
    const url = `http://127.0.0.1:${ports.own}/v1/rates-desk/dev/feed/prices`;
    const headers = {
      authorization: `Basic ${Buffer.from(`:${body.token}`).toString(
        'base64',
      )}`,
    };
    const call = async () => (await fetch(url, { headers })).status;
    // No pod is running, so each call of a known function fails.
    await eventually(
      'The gateway knows the token',
      async () => (await call()) === 503,
    );
    expect(await call()).toBe(503);

    const seen = await eventually('The portal has read the calls', async () => {
      const { body: view } = await historyOf('tom', '?span=hours');
      return view.total.calls >= 2 ? (view as CallHistoryView) : undefined;
    });
    const { calls, errors } = seen.total;
    expect(errors).toBe(calls);
    expect(seen.functions).toEqual([
      { environment: 'dev', fn: 'prices', calls, errors },
    ]);
    expect(seen.notes).toEqual([]);
    const sum = seen.points.reduce((all, point) => all + (point.calls ?? 0), 0);
    expect(sum).toBe(calls);
    expect(await totals('tom')).toEqual([
      expect.objectContaining({ tenant: 'rates-desk', app: 'feed', calls }),
    ]);

    expect((await historyOf('eve')).status).toBe(404);
    expect(await totals('eve')).toEqual([]);
  });

  it('returns the readers to owners, without tokens', async () => {
    const reads = async (who: Name, query = '') =>
      portal.call(who, 'GET', `/tenants/rates-desk/reads${query}`);
    const { body } = await reads('rita');
    expect(body.notes).toEqual([]);
    expect(body.items.length).toBeGreaterThanOrEqual(2);
    expect(body.items[0]).toMatchObject({
      app: 'feed',
      fn: 'prices',
      subject: 'user:default/tom',
      client: 'excel',
      status: 503,
    });
    expect(JSON.stringify(body)).not.toContain('bwk_');
    const [{ at }, second] = body.items;
    const page = await reads('rita', `?limit=1&before=${at}`);
    expect(page.body.items).toEqual([second]);
    expect((await reads('rita', '?app=other')).body.items).toEqual([]);
    expect((await reads('rita', '?before=yesterday')).status).toBe(400);
    expect((await reads('tom')).status).toBe(403);

    const readers = (who: Name) =>
      portal.call(who, 'GET', '/tenants/rates-desk/apps/feed/readers');
    const sums = await readers('rita');
    expect(sums.body).toMatchObject({
      items: [
        {
          environment: 'dev',
          fn: 'prices',
          subject: 'user:default/tom',
          client: 'excel',
          calls: body.items.length,
        },
      ],
      since: body.items.at(-1).at,
      notes: [],
    });
    expect((await readers('tom')).status).toBe(403);

    const download = (who: Name) =>
      fetch(`${portal.url}/tenants/rates-desk/reads.csv`, {
        headers: signedInAs(who),
      });
    expect((await download('tom')).status).toBe(403);
    const file = await download('rita');
    expect(file.headers.get('content-disposition')).toContain(
      'rates-desk-reads.csv',
    );
    expect(await file.text()).toMatch(
      /^at,tenant,environment,app,fn,.*\r\n2\d{3}-.*,rates-desk,dev,feed,prices,/,
    );
  });

  it('reads files for people without a token, and records the reads', async () => {
    const before = (await tokens()).length;
    const answer = await readFile('tom');
    expect(answer.status).toBe(503);
    expect(answer.body.error.message).toContain('has no service');
    expect(await tokens()).toHaveLength(before);
    const { body } = await portal.call(
      'rita',
      'GET',
      '/tenants/rates-desk/reads',
    );
    expect(body.items[0]).toMatchObject({
      fn: 'rows',
      subject: 'user:default/tom',
      client: 'portal',
    });

    expect((await readFile('tom', 'rows', 'exe')).body.error.message).toBe(
      'The formats of "rows" are xlsx, csv, parquet',
    );
    expect((await readFile('tom', 'prices')).body.error.message).toBe(
      'The result of "prices" is not available as a file',
    );
    expect((await readFile('tom', 'none')).status).toBe(404);
    expect((await readFile('eve')).status).toBe(404);
  });

  it('refuses unknown spans', async () => {
    const { body, status } = await historyOf('tom', '?span=year');
    expect(status).toBe(400);
    expect(body.error.message).toContain('span');
  });
});
