import { expect, test, type Browser, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { environmentsOn } from './environments';
import { apply, kubectl } from './kubectl';
import { giveTenant } from './operated';
import { signIn } from './people';

const tenant = 'rights-desk';
const app = 'watched';
const environments = ['dev', 'prod'];
const deploy = `/catalog/${tenant}/component/${app}/deploy`;

/**
 * Permitted actions per person on the page of an app with the protected environment prod; others are refused or not
 * offered.
 */
const rights: [person: string, role: string, actions: string[]][] = [
  [
    'Rita',
    'owner',
    [
      ...['promote to dev', 'promote to prod'],
      ...['act in dev', 'verb in dev', 'terminal in dev'],
      ...['act in prod', 'verb in prod', 'delete'],
    ],
  ],
  [
    'Bea',
    'builder',
    [
      ...['promote to dev', 'promote to prod'],
      ...['act in dev', 'verb in dev', 'terminal in dev', 'delete'],
    ],
  ],
  ['Tom', 'viewer', []],
  ['Pia', 'platform engineer', ['terminal in dev', 'terminal in prod']],
];

test.describe.serial('who may do what with an app', () => {
  test.beforeAll(async ({ browser }) => {
    await giveTenant(tenant, app, [
      { subject: 'user:default/bea', role: 'builder' },
      { subject: 'user:default/tom', role: 'viewer' },
    ]);
    await giveNextRelease();
    const page = await signIn(browser, 'Bea');
    await expect(async () => {
      await page.goto(deploy);
      await expect(
        environmentsOn(page).getByText('Healthy', { exact: true }),
      ).toHaveCount(2, {
        timeout: 10_000,
      });
    }).toPass({ timeout: 150_000 });
    // What its code offers is asked of its pods, a moment after they answer.
    for (const environment of environments)
      await expect(async () => {
        await page
          .getByRole('button', { name: `Actions in ${environment}` })
          .click();
        const verb = page.getByRole('menuitem', { name: 'Set answer…' });
        const isThere = await verb.isVisible();
        await page.keyboard.press('Escape');
        expect(isThere).toBe(true);
      }).toPass({ timeout: 60_000 });
    await page.context().close();
  });
  test.afterAll(async () => {
    await kubectl('delete', 'tenant', tenant, '--ignore-not-found');
  });

  for (const [person, role, actions] of rights)
    test(`as ${role}: the page offers exactly the permitted actions`, async ({
      browser,
    }) => {
      const page = await open(browser, person);
      expect(await offered(page)).toEqual(actions);
      await expectAccessible(page);
      await page.context().close();
    });

  test('a stranger sees no app', async ({ browser }) => {
    const page = await open(browser, 'Nora');
    await expect(
      page.getByText(/^Only members of the tenant can see this page;/),
    ).toBeVisible();
    await page.context().close();
  });
});

/** A release beside the one that runs, of another commit. */
async function giveNextRelease(): Promise<void> {
  const { apiVersion, kind, metadata, spec } = JSON.parse(
    await kubectl(
      ...['get', 'release', `${app}-r1`, '-n', `${tenant}--home`, '-o', 'json'],
    ),
  );
  await apply({
    apiVersion,
    kind,
    metadata: { name: `${app}-r2`, namespace: metadata.namespace },
    spec: { ...spec, number: 2, commit: '0ddba12' },
  });
}

async function open(browser: Browser, person: string): Promise<Page> {
  const page = await signIn(browser, person);
  await page.goto(deploy);
  return page;
}

/** Returns all actions that the page offers. */
async function offered(page: Page): Promise<string[]> {
  const may: string[] = [];
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByRole('table', { name: 'Releases' })).toBeVisible({
    timeout: 60_000,
  });
  for (const environment of environments) {
    const promote = page.getByRole('button', {
      name: `Promote to ${environment}: r2`,
    });
    if (await promote.isVisible()) may.push(`promote to ${environment}`);
  }
  await page.getByRole('tab', { name: 'Pods' }).click();
  // Terminals are closed until the rights are loaded.
  await expect(page.getByRole('table', { name: 'Pods' })).toBeVisible();
  await expect(page.getByText('Loading your permissions')).toHaveCount(0);
  for (const environment of environments) {
    await page
      .getByRole('button', { name: `Actions in ${environment}` })
      .click();
    const menu = page.getByRole('menu');
    await expect(menu.getByText('Loading your permissions')).toHaveCount(0);
    const isOpen = async (item: string | RegExp) => {
      const found = menu.getByRole('menuitem', { name: item });
      return (
        (await found.count()) > 0 &&
        (await found.getAttribute('aria-disabled')) !== 'true'
      );
    };
    const acts = await Promise.all(
      ['Restart', 'Scale…', 'Pause'].map(item => isOpen(item)),
    );
    expect(new Set(acts).size, 'All of them, or none').toBe(1);
    if (acts[0]) may.push(`act in ${environment}`);
    if (await isOpen('Set answer…')) may.push(`verb in ${environment}`);
    await page.keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
    const terminal = page
      .getByRole('table', { name: 'Pods' })
      .getByRole('row')
      .filter({ hasText: environment })
      .first()
      .getByRole('button', { name: /^Terminal in/ });
    await expect(page.getByText('Loading your permissions…')).toHaveCount(0);
    if ((await terminal.isVisible()) && (await terminal.isEnabled()))
      may.push(`terminal in ${environment}`);
  }
  await page.getByRole('tab', { name: 'Settings' }).click();
  await expect(page.getByText('Danger zone')).toBeVisible();
  const remove = page.getByRole('button', { name: 'Delete app' });
  if (await remove.isVisible()) may.push('delete');
  return may;
}
