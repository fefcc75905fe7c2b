import { expect, test } from '@playwright/test';
import { kubectl } from './kubectl';

/** What a program in a pod of an app hears from an address within 5 s. */
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

const neighbour =
  'http://month-end-prices.rates-desk--dev.svc.cluster.local/healthz';

test("another tenant's pod cannot reach an app", async () => {
  // Its own address answers, so the pod's network and the program work.
  expect(
    await askFrom(
      'energy-desk--dev',
      'share-prices',
      'http://127.0.0.1:8080/healthz',
    ),
  ).toBe('200');
  // And the neighbour answers those who may ask: the API server reaches every Service.
  await kubectl(
    'get',
    '--raw',
    '/api/v1/namespaces/rates-desk--dev/services/month-end-prices:80/proxy/healthz',
  );
  expect(await askFrom('energy-desk--dev', 'share-prices', neighbour)).not.toBe(
    '200',
  );
});

test('names are resolved in a pod', async () => {
  const address = await kubectl(
    'exec',
    '-n',
    'energy-desk--dev',
    'deploy/share-prices',
    '--',
    'python3',
    '-c',
    'import socket; print(socket.gethostbyname("month-end-prices.rates-desk--dev.svc.cluster.local"))',
  );
  const service = await kubectl(
    'get',
    'service',
    '-n',
    'rates-desk--dev',
    'month-end-prices',
    '-o',
    'jsonpath={.spec.clusterIP}',
  );
  expect(address).toBe(service);
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
