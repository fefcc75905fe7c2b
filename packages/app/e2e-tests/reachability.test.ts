import { expect, test } from '@playwright/test';
import { kubectl } from './kubectl';

/** Returns the response of an address to a program in a pod of an app, within 5 s. */
function askFrom(
  namespace: string,
  deployment: string,
  url: string,
): Promise<string> {
  const program = `import urllib.request
try:
    print(urllib.request.urlopen("${url}", timeout=5).status)
except Exception as error:
    print(type(error).__name__)`;
  return kubectl(
    'exec',
    '-n',
    namespace,
    `deploy/${deployment}`,
    '--',
    'python3',
    '-c',
    program,
  );
}

/** Address of the Service of the neighbor, whose name does not exist for others. */
function neighbor(): Promise<string> {
  return kubectl(
    ...['get', 'service', '-n', 'rates-desk--dev', 'month-end-prices'],
    ...['-o', 'jsonpath={.spec.clusterIP}'],
  );
}

test("another tenant's pod cannot reach an app", async () => {
  // Its own address answers, so the pod's network and the program work.
  expect(
    await askFrom(
      'energy-desk--dev',
      'share-prices',
      'http://127.0.0.1:8080/healthz',
    ),
  ).toBe('200');
  // The neighbor responds to permitted clients: the API server reaches every Service.
  await kubectl(
    'get',
    '--raw',
    '/api/v1/namespaces/rates-desk--dev/services/month-end-prices:80/proxy/healthz',
  );
  const url = `http://${await neighbor()}/healthz`;
  expect(await askFrom('energy-desk--dev', 'share-prices', url)).toBe(
    'URLError',
  );
});

test('a pod resolves names of its own namespace, and none of other tenants', async () => {
  const resolve = (host: string) => {
    const program = `import socket
try:
    print(socket.gethostbyname("${host}"))
except OSError as error:
    print(error.strerror)`;
    return kubectl(
      ...['exec', '-n', 'rates-desk--dev', 'deploy/month-end-prices', '--'],
      ...['python3', '-c', program],
    );
  };
  expect(await resolve('month-end-prices')).toBe(await neighbor());
  expect(await resolve('share-prices.energy-desk--dev.svc.cluster.local')).toBe(
    'Name or service not known',
  );
});

test('kubectl explains and lists the kinds readably', async () => {
  const explained = await kubectl('explain', 'tenant.spec');
  expect(explained).toContain('environments');
  expect(explained).toMatch(/Groups that own the tenant/);
  const listed = await kubectl('get', 'tenants,apps', '-A');
  expect(listed).toMatch(/rates-desk\s+Rates desk\s+small\s+Ready/);
  expect(listed).toMatch(
    /month-end-prices\s+Month-end prices\s+price-feed\s+Healthy/,
  );
});
