import {
  expect,
  test,
  type APIRequestContext,
  type Page,
} from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expectAccessible } from './accessibility';
import { environmentsOn } from './environments';
import { apply, kubectl } from './kubectl';
import { startBroker, type Broker } from './broker';
import { signIn } from './people';
import { picture } from './picture';
import { createToken } from './tokens';

const tenant = 'rates-desk';
const home = `${tenant}--home`;

test.describe.serial('what runs on its own', () => {
  let bea: Page;
  let broker: Broker | undefined;

  test.beforeAll(async ({ browser }) => {
    execFileSync(
      process.execPath,
      [
        join(__dirname, '../../../scripts/run.mjs'),
        ...['pack', 'apply', join(__dirname, 'works-pack'), '--force'],
        ...['--kubeconfig', process.env.BAILIWICK_ADMIN_KUBECONFIG!],
      ],
      { encoding: 'utf8', timeout: 60_000 },
    );
    bea = await signIn(browser, 'Bea');
  });
  test.afterAll(async () => {
    for (const app of ['nightly-report', 'chain', 'meters-now'])
      await kubectl('delete', 'app', app, '-n', home, '--ignore-not-found');
    await kubectl('delete', 'domainpack', 'works');
    await kubectl('delete', 'connection', 'works-broker', '--ignore-not-found');
    await kubectl(
      ...['delete', 'secret', 'works-broker', '-n', 'bailiwick-system'],
      '--ignore-not-found',
    );
    await broker?.stop();
  });

  /** Creates an app from a template of the pack, and opens its Deploy tab. */
  async function make(
    template: string,
    title: string,
    fill: (page: Page) => Promise<void> = async () => {},
  ): Promise<void> {
    await expect(async () => {
      await bea.goto(`/create/templates/default/works-${template}`);
      await expect(bea.getByLabel('Tenant and environment')).toBeVisible({
        timeout: 10_000,
      });
    }).toPass({ timeout: 60_000 });
    await bea.getByLabel('Tenant and environment').click();
    await bea.getByRole('option', { name: 'Rates desk · dev' }).click();
    await bea.getByRole('textbox', { name: 'Title' }).fill(title);
    await fill(bea);
    await bea.getByRole('button', { name: 'Next' }).click();
    await expect(bea.getByText(/^All checks passed/)).toBeVisible();
    await bea.getByRole('button', { name: 'Review' }).click();
    await bea.getByRole('button', { name: 'Create' }).click();
    await bea
      .getByRole('link', { name: 'Open app' })
      .click({ timeout: 60_000 });
    await bea.getByRole('link', { name: 'Deploy' }).click();
    await expect(
      environmentsOn(bea).getByText('Healthy', { exact: true }),
    ).toBeVisible({
      timeout: 120_000,
    });
  }

  /** Sends a request to the gateway with a token. */
  async function reader(request: APIRequestContext, app: string) {
    await bea.goto(`/catalog/${tenant}/component/${app}/get-data`);
    const token = await createToken(bea);
    const login = Buffer.from(`bea:${token}`).toString('base64');
    return async (path: string) => {
      const answer = await request.get(
        `${process.env.BAILIWICK_GATEWAY_URL}/v1/${tenant}/dev/${app}/${path}`,
        { headers: { authorization: `Basic ${login}` } },
      );
      return {
        status: answer.status(),
        headers: answer.headers(),
        body: await answer.json(),
      };
    };
  }

  const runs = () => bea.getByRole('table', { name: 'Runs' });
  const firstRow = () => runs().getByRole('row').nth(1);

  test('a job runs when its code is new, and stores its result', async ({
    request,
  }) => {
    test.setTimeout(240_000);
    await make('nightly', 'Nightly report', page =>
      page.getByLabel('Extra rows').fill('2'),
    );
    await expect(
      bea.getByText(/^At 03:15 \(UTC\) in dev; also when new code is deployed/),
    ).toBeVisible();
    await expect(firstRow()).toContainText('Succeeded', { timeout: 90_000 });
    await expect(firstRow()).toContainText('New code');
    await expect(firstRow()).toContainText('report 4 rows');
    await expectAccessible(bea);
    await picture(bea, 'runs');
    const ask = await reader(request, 'nightly-report');
    await expect(async () => {
      const { body } = await ask('report');
      expect(body).toMatchObject({ count: 4 });
    }).toPass({ timeout: 30_000 });
    expect((await ask('highest')).body).toEqual({ value: 6 });
    const { headers } = await ask('report');
    const finished = Date.parse(headers['last-modified']);
    const ofRun = await ask(`report?asOf=${headers['bailiwick-run']}`);
    const later = new Date(finished + 60_000).toISOString();
    const ofTime = await ask(`report?asOf=${later}`);
    for (const one of [ofRun, ofTime])
      expect(one.headers['bailiwick-run']).toBe(headers['bailiwick-run']);
    const unknown = await ask('report?asOf=nothing');
    expect(unknown.body.error.type).toBe('invalid-parameter');
  });

  test('Bea begins a run herself, and it is in her name', async () => {
    test.setTimeout(120_000);
    await bea.goto(`/catalog/${tenant}/component/nightly-report/deploy`);
    await bea.getByRole('button', { name: 'Run in dev' }).click();
    await expect(firstRow()).toContainText('Bea', { timeout: 20_000 });
    await expect(firstRow()).toContainText('Succeeded', { timeout: 90_000 });
  });

  test('the clock begins a run, too', async () => {
    test.setTimeout(240_000);
    await kubectl(
      'patch',
      'app',
      'nightly-report',
      '-n',
      home,
      '--type=json',
      '-p',
      JSON.stringify([
        {
          op: 'replace',
          path: '/spec/environments/0/parameters/schedule',
          value: '* * * * *',
        },
      ]),
    );
    await expect(bea.getByText(/^Every minute \(UTC\) in dev/)).toBeVisible();
    const row = runs().getByRole('row').filter({ hasText: 'Schedule' });
    await expect(row.first()).toContainText('Succeeded', { timeout: 150_000 });
  });

  test('a DAG runs its steps in order, with the result of each', async ({
    request,
  }) => {
    test.setTimeout(240_000);
    await make('chain', 'Chain');
    await expect(firstRow()).toContainText('Succeeded', { timeout: 120_000 });
    await expect(firstRow()).toContainText('raw 2 rows, doubled 2 rows');
    const { items } = JSON.parse(
      await kubectl('get', 'runs', '-n', home, '-o', 'json'),
    );
    const { status } = items.find(
      ({ spec }: { spec: { app: string } }) => spec.app === 'chain',
    );
    const inputs = Object.fromEntries(
      status.steps.map(
        ({ inputs: read = [], name }: { inputs?: any[]; name: string }) => [
          name,
          read.map(({ step }) => step).sort(),
        ],
      ),
    );
    expect(inputs).toEqual({
      raw: [],
      doubled: ['raw'],
      counted: ['raw'],
      total: ['counted', 'doubled'],
    });
    const ask = await reader(request, 'chain');
    await expect(async () => {
      expect((await ask('total')).body).toEqual({ value: 19 });
    }).toPass({ timeout: 30_000 });
  });

  test('isolation/77 no one can open a terminal in a pod of a run', async () => {
    const namespace = `${tenant}--dev`;
    const pods = await kubectl(
      ...['get', 'pods', '-n', namespace, '-l', 'batch.kubernetes.io/job-name'],
      ...['-o', 'jsonpath={.items[*].metadata.name}'],
    );
    // Of a person, of the schedule, and of a chain.
    expect(pods.split(' ').length).toBeGreaterThanOrEqual(4);
    // kubectl exec sends a request only while the pod runs.
    for (const pod of pods.split(' '))
      await expect(
        kubectl(
          ...['get', '--as', 'user:default/bea', '--raw'],
          `/api/v1/namespaces/${namespace}/pods/${pod}/exec?command=true`,
        ),
      ).rejects.toThrow('No terminal can be opened in the pod of a run');
  });

  test('messages become a table, sample messages as long as there is no broker', async ({
    request,
  }) => {
    test.setTimeout(240_000);
    await make('meters', 'Meters now');
    await expect(bea.getByText(/shows sample messages/)).toBeVisible();
    const ask = await reader(request, 'meters-now');
    await expect(async () => {
      const { body } = await ask('levels');
      expect(
        body.rows.map(({ level }: { level: number }) => level).sort(),
      ).toEqual([3.5, 6]);
    }).toPass({ timeout: 60_000 });
    expect((await ask('meters')).body).toEqual({ value: 2 });
  });

  test('a connection brings the messages of a real broker, and its secret', async ({
    request,
  }) => {
    test.setTimeout(240_000);
    broker = await startBroker();
    const { host, password, port, username } = broker;
    await apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'works-broker',
        namespace: 'bailiwick-system',
        labels: { 'bailiwick.dev/connection': 'true' },
      },
      stringData: { username, password },
    });
    await apply({
      apiVersion: 'bailiwick.dev/v1alpha1',
      kind: 'Connection',
      metadata: { name: 'works-broker' },
      spec: {
        title: 'Broker of the test',
        pack: 'works',
        name: 'broker',
        ...{ host, port, tls: false, secret: 'works-broker' },
        tenants: [tenant],
        egress: { cidrs: [`${host}/32`] },
      },
    });
    await bea.goto(`/catalog/${tenant}/component/meters-now/deploy`);
    await expect(bea.getByText(/shows sample messages/)).toBeHidden({
      timeout: 60_000,
    });
    const ask = await reader(request, 'meters-now');
    await expect(async () => {
      await broker!.publish('works/east/level', '7.25');
      await broker!.publish('elsewhere/west/level', '1');
      const { body } = await ask('levels');
      // The samples are gone, and messages of other topics never arrived.
      expect(body.rows).toEqual([{ meter: 'east', level: 7.25 }]);
    }).toPass({ timeout: 120_000 });
    await broker.publish('works/east/level', '8.5');
    await expect(async () => {
      const { body } = await ask('levels');
      expect(body.rows).toEqual([{ meter: 'east', level: 8.5 }]);
    }).toPass({ timeout: 30_000 });
  });
});
