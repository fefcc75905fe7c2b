import { expect, test } from '@playwright/test';
import { apply, kubectl } from './kubectl';
import { runPod } from './pods';

// Real pods on the real enforcer; the numbers are those of docs/isolation.md.

const app = { namespace: 'rates-desk--dev', name: 'month-end-prices' };
const listener = `import http.server, threading
for port in (8080, 9090):
    server = http.server.ThreadingHTTPServer(("", port), http.server.SimpleHTTPRequestHandler)
    threading.Thread(target=server.serve_forever).start()`;

/** Starts a pod that listens on two ports; returns its address. */
async function runProbe(namespace: string): Promise<string> {
  await runPod(namespace, 'probe', [{ name: 'app', code: listener }]);
  return address(namespace, 'pod/probe');
}

function address(namespace: string, pod: string): Promise<string> {
  return kubectl('get', '-n', namespace, pod, '-o', 'jsonpath={.status.podIP}');
}

/** Whether a program in a pod can open a connection: `open`, or the error within 3 s. */
function connect(
  namespace: string,
  pod: string,
  host: string,
  port: number,
): Promise<string> {
  const program = `import socket
try:
    socket.create_connection(("${host}", ${port}), timeout=3).close()
    print("open")
except Exception as error:
    print(type(error).__name__)`;
  return kubectl('exec', '-n', namespace, pod, '--', 'python3', '-c', program);
}

test.describe('the network of tenants', () => {
  test.describe.configure({ mode: 'serial', timeout: 120_000 });
  const pods: Record<string, string> = {};
  const places = ['iso-a--dev', 'iso-a--prod', 'iso-b--dev'];

  test.beforeAll(async () => {
    for (const name of ['iso-a', 'iso-b'])
      await apply({
        apiVersion: 'bailiwick.dev/v1alpha1',
        kind: 'Tenant',
        metadata: { name },
        spec: {
          title: name,
          purpose: 'Tries to reach others.',
          owners: ['group:default/platform'],
          plan: 'small',
          environments: [{ name: 'dev' }, { name: 'prod' }],
          deletionProtection: false,
        },
      });
    await kubectl(
      ...['wait', 'tenant/iso-a', 'tenant/iso-b'],
      ...['--for=jsonpath={.status.phase}=Ready', '--timeout=60s'],
    );
    for (const namespace of places) pods[namespace] = await runProbe(namespace);
    pods.system = await runProbe('bailiwick-system');
  });
  test.afterAll(async () => {
    await kubectl('delete', 'pod', '-n', 'bailiwick-system', 'probe');
    await kubectl('delete', 'tenant', 'iso-a', 'iso-b');
  });

  test("isolation/44 keeps a tenant's pods from another one's", async () => {
    const target = { apiVersion: 'v1', kind: 'Service' };
    const ports = [{ port: 8080 }];
    const selector = { probe: 'probe' };
    const namespace = 'iso-b--dev';
    for (const [name, extra] of [
      ['plain', {}],
      ['headless', { clusterIP: 'None' }],
    ] as const)
      await apply({
        ...target,
        metadata: { name, namespace },
        spec: { ports, selector, ...extra },
      });
    // The server is running, and responds to permitted clients.
    await kubectl(
      'get',
      '--raw',
      `/api/v1/namespaces/${namespace}/pods/probe:8080/proxy/`,
    );
    const service = await kubectl(
      ...['get', 'service', 'plain', '-n', namespace],
      ...['-o', 'jsonpath={.spec.clusterIP}'],
    );
    for (const host of [pods[namespace], service])
      expect([host, await connect('iso-a--dev', 'probe', host, 8080)]).toEqual([
        host,
        'TimeoutError',
      ]);
    // The names of its Services do not exist for others.
    for (const name of ['plain', 'headless']) {
      const host = `${name}.${namespace}.svc.cluster.local`;
      expect(await connect('iso-a--dev', 'probe', host, 8080)).toBe('gaierror');
      expect(await connect(namespace, 'probe', host, 8080)).not.toBe(
        'gaierror',
      );
    }
    expect(await connect('iso-a--dev', 'probe', '127.0.0.1', 8080)).toBe(
      'open',
    );
  });

  test('isolation/45 keeps the environments of a tenant apart', async () => {
    expect(
      await connect('iso-a--dev', 'probe', pods['iso-a--prod'], 8080),
    ).toBe('TimeoutError');
    expect(
      await connect('iso-a--prod', 'probe', pods['iso-a--dev'], 8080),
    ).toBe('TimeoutError');
  });

  test('isolation/46 allows the gateway only on the port of the app', async () => {
    const pod = await kubectl(
      ...['get', 'pods', '-n', app.namespace, '-o', 'name'],
      ...['-l', `bailiwick.dev/app=${app.name}`],
    );
    const name = pod.split('\n')[0];
    const host = await address(app.namespace, name);
    // Something listens on the other port, too.
    const second = `${listener.replace('(8080, 9090)', '(9090,)')}
threading.Event().wait(30)`;
    const listening = kubectl(
      ...['exec', '-n', app.namespace, name, '--'],
      ...['python3', '-c', second],
    ).catch(() => '');
    await expect
      .poll(() => connect(app.namespace, name, '127.0.0.1', 9090))
      .toBe('open');
    expect(await connect('bailiwick-system', 'probe', host, 8080)).toBe('open');
    expect(await connect('bailiwick-system', 'probe', host, 9090)).toBe(
      'TimeoutError',
    );
    expect(await connect('iso-a--dev', 'probe', host, 8080)).toBe(
      'TimeoutError',
    );
    void listening;
  });

  test('isolation/67 shares no per-user limit of the node with an app, and no file without a limit', async () => {
    const said = await kubectl(
      ...['exec', '-n', app.namespace, `deployment/${app.name}`, '--'],
      ...['sh', '-c'],
      `cat /proc/self/uid_map
      for log in /dev/termination-log /root/termination-log
      do (echo x > $log) 2>/dev/null && ls $log; done; true`,
    );
    // Inside, outside, number of ids: no user of the node; and no log was written.
    const [map, ...written] = said.trim().split('\n');
    const [inside, outside, count] = map.trim().split(/\s+/).map(Number);
    expect([inside, count]).toEqual([0, 65_536]);
    expect(outside).toBeGreaterThanOrEqual(65_536);
    expect(written).toEqual([]);
    // A deleted file that is still open counts, too.
    const fill = `import os
file = open("/tmp/fill", "wb", buffering=0)
os.unlink("/tmp/fill")
try:
    for _ in range(300):
        file.write(bytes(1 << 20))
    print("written")
except OSError as error:
    print(error.strerror)`;
    expect(
      await kubectl(
        ...['exec', '-n', app.namespace, `deployment/${app.name}`, '--'],
        ...['python3', '-c', fill],
      ),
    ).toBe('No space left on device');
  });

  test('isolation/47 keeps pods from the API server, nodes and metadata; names are resolved', async () => {
    const node = await kubectl(
      ...['get', 'nodes', '-o'],
      'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}',
    );
    const service = await kubectl(
      ...['get', 'service', 'kubernetes', '-o', 'jsonpath={.spec.clusterIP}'],
    );
    const targets: [string, number][] = [
      [service, 443],
      [node, 6443],
      [node, 10250],
      ['169.254.169.254', 80],
    ];
    for (const [host, port] of targets)
      expect([
        host,
        port,
        await connect('iso-a--dev', 'probe', host, port),
      ]).toEqual([host, port, 'TimeoutError']);
    // They exist: a pod outside of tenants reaches them.
    for (const [host, port] of targets.slice(0, 3))
      expect([
        host,
        await connect('bailiwick-system', 'probe', host, port),
      ]).toEqual([host, 'open']);
    const program = `import socket; print(socket.gethostbyname("kubernetes.default.svc.cluster.local"))`;
    expect(
      await kubectl(
        ...['exec', '-n', 'iso-a--dev', 'probe', '--'],
        ...['python3', '-c', program],
      ),
    ).toBe(service);
  });
});
