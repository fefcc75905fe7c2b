import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { environmentsOn } from './environments';
import { kubectl } from './kubectl';
import { giveTenant } from './operated';
import { signIn } from './people';
import { createToken } from './tokens';

const tenant = 'shelf-desk';
const app = 'shelved';
const component = `/catalog/${tenant}/component/${app}`;

/** Calls the Kubernetes plugin's proxy as the person of a page, as the tab's dialogs do. */
async function proxied(page: Page, path: string): Promise<number> {
  const called = page.waitForRequest(/\/api\/bailiwick\//);
  await page.goto('/apps');
  const { authorization } = await (await called).allHeaders();
  const answer = await page.request.get(`/api/kubernetes/proxy${path}`, {
    headers: { authorization, 'backstage-kubernetes-cluster': 'local' },
  });
  return answer.status();
}

test.describe.serial('an app in the catalog', () => {
  let bea: Page;
  let tom: Page;
  let nora: Page;

  test.beforeAll(async ({ browser }) => {
    await giveTenant(tenant, app, [
      { subject: 'user:default/bea', role: 'builder' },
      { subject: 'user:default/tom', role: 'viewer' },
    ]);
    [bea, tom, nora] = await Promise.all(
      ['Bea', 'Tom', 'Nora'].map(person => signIn(browser, person)),
    );
    await expect(async () => {
      await bea.goto(component);
      await expect(
        environmentsOn(bea).getByText('Healthy', { exact: true }),
      ).toHaveCount(2, {
        timeout: 10_000,
      });
    }).toPass({ timeout: 150_000 });
  });
  test.afterAll(async () => {
    await kubectl('delete', 'tenant', tenant, '--ignore-not-found');
  });

  test('shows results and missing readiness requirements on its overview', async () => {
    await expect(bea).toHaveTitle(`${app} | Overview | Bailiwick`);
    const functions = bea.getByRole('list', { name: 'Functions' });
    await expect(functions).toContainText('Returns a value in dev and prod.');
    await expect(functions).toContainText(`/v1/${tenant}/prod/${app}/answer`);
    await expect(
      bea.getByText('Readiness', { exact: true }).first(),
    ).toBeVisible();
    await expect(bea.getByText('Has a reader with a token')).toBeVisible();
    await expectAccessible(bea);
  });

  test('its page shows new readers without a reload', async () => {
    await expect(bea.getByText(/None; members of the tenant/)).toBeVisible();
    await tom.goto(`${component}/get-data`);
    await createToken(tom);
    await expect(bea.getByText('1, held by Tom Trader')).toBeVisible();
  });

  test('it leads to the data that it reads and to where it runs', async () => {
    await expect(bea.getByText('Depends on', { exact: true })).toBeVisible();
    await expect(
      bea.getByRole('link', { name: 'Monthly prices of five shares' }).first(),
    ).toBeVisible();
    await bea.getByRole('link', { name: 'This machine' }).first().click();
    await expect(bea.getByText('Apps on this cluster')).toBeVisible();
    await expect(
      bea.getByRole('link', { name: app, exact: true }).first(),
    ).toBeVisible();
    await expectAccessible(bea);
  });

  test('its tenant and its pack show it among their apps', async () => {
    for (const domain of [`default/domain/${tenant}`, 'packs/domain/finance']) {
      await bea.goto(`/catalog/${domain}`);
      await expect(
        bea.getByRole('group', { name: 'Apps by health' }),
      ).toContainText('Healthy');
      await expect(
        bea.getByRole('link', { name: app, exact: true }).first(),
      ).toBeVisible();
    }
  });

  test('the log of a pod opens on the Kubernetes tab', async () => {
    await bea.goto(`${component}/kubernetes`);
    await bea.getByRole('button', { name: /^This machine/ }).click();
    await bea
      .getByRole('button', { name: /Deployment/ })
      .first()
      .click();
    await bea
      .getByText(new RegExp(`^${app}-[a-z0-9]+-[a-z0-9]+$`))
      .first()
      .click();
    await bea.getByRole('button', { name: 'get logs' }).click();
    await expect(bea.getByRole('dialog').last()).toContainText('tick');
  });

  test('people without membership see the entity but no runtime details', async () => {
    await nora.goto(component);
    await expect(
      nora.getByText(/^Only members of the tenant can see this page;/),
    ).toBeVisible();
    await expectAccessible(nora);
    const pods = await kubectl(
      ...[
        'get',
        'pods',
        '-n',
        `${tenant}--dev`,
        '-l',
        `bailiwick.dev/app=${app}`,
      ],
      ...['-o', 'jsonpath={.items[0].metadata.name}'],
    );
    const log = `/api/v1/namespaces/${tenant}--dev/pods/${pods}/log`;
    expect(await proxied(tom, log)).toBe(200);
    expect(await proxied(nora, log)).toBe(403);
  });
});
