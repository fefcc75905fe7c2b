import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { environmentsOn } from './environments';
import { apply, kubectl } from './kubectl';
import { giveTenant, push } from './operated';
import { OtherCluster } from './otherCluster';
import { signIn } from './people';
import { picture } from './picture';

const tenant = 'far-desk';
const app = 'spread';
const plan = 'vast';
const deploy = `/catalog/${tenant}/component/${app}/deploy`;
const far = ['a', 'b', 'c', 'd', 'e'].map(name => `far-${name}`);

const corrected = `def answer() -> float:
    """The answer."""
    return 43.0
`;

/** Creates a plan that allows an app with two hundred pods. */
async function givePlan(): Promise<void> {
  const { apiVersion, kind, spec } = JSON.parse(
    await kubectl('get', 'plan', 'small', '-o', 'json'),
  );
  await apply({
    apiVersion,
    kind,
    metadata: { name: plan },
    spec: {
      ...spec,
      title: 'Vast',
      perEnvironment: {
        ...spec.perEnvironment,
        ...{ cpu: '200', memory: '200Gi', pods: 300 },
      },
      environments: { max: 6, names: ['dev', ...far] },
    },
  });
}

/** One environment on the portal's cluster, and five with forty pods each on another one. */
test.describe.serial('an app on two clusters', () => {
  let west: OtherCluster;
  let bea: Page;

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(400_000);
    west = await OtherCluster.add('west');
    await givePlan();
    await giveTenant(
      tenant,
      app,
      [{ subject: 'user:default/bea', role: 'builder' }],
      {
        plan,
        // The pack of the other apps allows ten pods per app.
        pack: 'bioinformatics',
        archetype: 'sequence-qc',
        environments: [
          { name: 'dev', cluster: 'local', protected: false },
          ...far.map(name => ({ name, cluster: 'west', protected: false })),
        ],
      },
    );
    bea = await signIn(browser, 'Bea');
    await expect(async () => {
      await bea.goto(deploy);
      await expect(
        environmentsOn(bea).getByText('Healthy', { exact: true }),
      ).toHaveCount(6, {
        timeout: 10_000,
      });
    }).toPass({ timeout: 180_000 });
  });
  test.afterAll(async () => {
    test.setTimeout(180_000);
    await kubectl('delete', 'tenant', tenant, '--ignore-not-found');
    await kubectl('delete', 'plan', plan, '--ignore-not-found');
    await west?.remove();
  });

  /** Sets the number of pods of each environment on the other cluster. */
  async function scale(count: number): Promise<void> {
    const place = ['app', app, '-n', `${tenant}--home`];
    const { spec } = JSON.parse(await kubectl('get', ...place, '-o', 'json'));
    const replicas = { min: count, max: count };
    const environments = spec.environments.map((one: { name: string }) =>
      far.includes(one.name) ? { ...one, replicas } : one,
    );
    await kubectl(
      ...['patch', ...place, '--type=merge', '-p'],
      JSON.stringify({ spec: { environments } }),
    );
  }

  const last = (page: Page) => page.getByText(/^Last seen/);

  test('two hundred pods stay a page that can be read', async () => {
    test.setTimeout(400_000);
    await scale(40);
    await expect(bea.getByText('40 of 40 ready')).toHaveCount(5, {
      timeout: 240_000,
    });
    const pods = bea.getByRole('table', { name: 'Pods' }).getByRole('row');
    await expect(pods).toHaveCount(51);
    await expect(
      bea.getByRole('button', { name: 'Show 50 more of 201' }),
    ).toBeVisible();
    await bea.getByLabel('Search pods').fill('far-c');
    await expect(pods).toHaveCount(41);
    await expectAccessible(bea);
    await picture(bea, 'many-pods');
    await bea.getByLabel('Search pods').fill('dev');
    await expect(pods).toHaveCount(2);
    await scale(2);
    await expect(bea.getByText('2 of 2 ready')).toHaveCount(5, {
      timeout: 120_000,
    });
  });

  test('the fleet filters by cluster', async () => {
    await bea.goto(`/apps?q=${tenant}`);
    await expect(bea.getByText(app, { exact: true }).first()).toBeVisible();
    await bea.getByLabel('Cluster').click();
    await bea.getByRole('option', { name: 'west' }).click();
    await expect(bea).toHaveURL(/cluster=west/);
    await expect(
      bea.getByRole('link', { name: new RegExp(`^Healthy: ${app} in far-a`) }),
    ).toBeVisible();
    await expect(
      bea.getByRole('link', { name: new RegExp(`: ${app} in dev`) }),
    ).toHaveCount(0);
  });

  test('a cluster that becomes unreachable during a rollout is shown with its last known state', async () => {
    test.setTimeout(240_000);
    await bea.goto(deploy);
    await expect(
      environmentsOn(bea).getByText('Healthy', { exact: true }),
    ).toHaveCount(6);
    await push(tenant, app, 'c0ffee2', corrected);
    const goOn = west.freeze();
    try {
      await expect(last(bea)).toHaveCount(5, { timeout: 90_000 });
      await expect(last(bea).first()).toContainText(
        'Cluster west is unreachable',
      );
      // The other one continues.
      await expect(bea.getByText(/draft, commit c0ffee2/).first()).toBeVisible({
        timeout: 60_000,
      });
      await expectAccessible(bea);
      await picture(bea, 'cluster-away');
    } finally {
      goOn();
    }
  });

  test('it ends right once the cluster is back', async () => {
    test.setTimeout(300_000);
    await expect(last(bea)).toHaveCount(0, { timeout: 120_000 });
    await expect(bea.getByText(/draft, commit c0ffee2/)).toHaveCount(6, {
      timeout: 200_000,
    });
    await expect(
      environmentsOn(bea).getByText('Healthy', { exact: true }),
    ).toHaveCount(6, {
      timeout: 60_000,
    });
  });
});
