import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { environmentsOn } from './environments';
import { signIn } from './people';
import { picture, pictures } from './picture';

const tenant = 'rates-desk';
const deploy = `/catalog/${tenant}/component/month-end-prices/deploy?show=history`;

/** The demo left a release in production, and a newer one whose readers would miss a function. */
test.describe.serial('the way from draft to production', () => {
  let bea: Page;
  let rita: Page;
  let tom: Page;

  test.beforeAll(async ({ browser }) => {
    bea = await signIn(browser, 'Bea');
    rita = await signIn(browser, 'Rita');
    tom = await signIn(browser, 'Tom');
  });

  const promoteButton = (page: Page) =>
    page.getByRole('button', { name: /^Promote r\d+ to prod$/ });

  /** Approves Bea's request as Rita. */
  async function approve(reason: string): Promise<void> {
    await rita.goto(deploy);
    await rita
      .getByRole('alert')
      .filter({ hasText: 'Approval pending' })
      .getByRole('link')
      .click();
    await expect(rita.getByText('Checks', { exact: true })).toBeVisible();
    await rita.getByLabel('Your reason').fill(reason);
    await rita.getByRole('button', { name: 'Approve' }).click();
    await expect(rita.getByText(/Approved by rita/i)).toBeVisible();
  }

  const history = (page: Page) => page.getByRole('table', { name: 'History' });

  test('Bea sees the differences to production, in words and as code', async () => {
    await bea.goto(deploy);
    // What an earlier attempt left.
    const left = bea
      .getByRole('alert')
      .filter({ hasText: 'Approval pending' })
      .getByRole('button', { name: 'Withdraw' });
    await expect(promoteButton(bea).or(left)).toBeVisible();
    if (await left.isVisible()) {
      await left.click();
      await bea.getByRole('button', { name: 'Withdraw request' }).click();
    }
    await expect(promoteButton(bea)).toBeVisible();
    await bea.getByRole('button', { name: /differences?$/ }).click();
    const beside = bea.getByRole('region', { name: 'dev compared with prod' });
    await expect(beside).toContainText('Function marker was removed');
    await beside.getByRole('button', { name: 'Show code changes' }).click();
    await expect(beside.getByText('-def marker() -> int:')).toBeVisible();
    await expectAccessible(bea);
    await pictures(bea, 'deploy-pipeline', promoteButton(bea));
  });

  test('a check blocks a change that breaks consumers until it is overridden', async () => {
    await bea.goto(deploy);
    await promoteButton(bea).click();
    const dialog = bea.getByRole('dialog');
    await expect(dialog.getByText('Contract: failed.')).toBeVisible();
    await expect(dialog.getByText('Tests: passed.')).toBeVisible();
    await dialog.getByLabel('Reason').fill('Nobody calls the mark any more.');
    const ask = dialog.getByRole('button', { name: 'Request promotion' });
    await expect(ask).toBeDisabled();
    await expectAccessible(bea, '[role="dialog"]');
    await picture(bea, 'promotion');
    await dialog.getByLabel('Override contract check').check();
    await ask.click();
    await expect(dialog.getByText('Promotion requested.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(bea.getByText('Approval pending')).toBeVisible();
    await expect(promoteButton(bea)).toBeHidden();
  });

  test('Rita agrees, and production follows without a reload', async () => {
    test.setTimeout(120_000);
    await approve('The readers were told.');
    await expect(history(bea).getByRole('row').nth(1)).toContainText(
      'Nobody calls the mark any more.',
      { timeout: 30_000 },
    );
    await expect(bea.getByText('prod runs the same release.')).toBeVisible();
    await expect(
      environmentsOn(bea).getByText('Healthy', { exact: true }),
    ).toHaveCount(2, {
      timeout: 60_000,
    });
  });

  test('it is rolled back by two people, too', async () => {
    test.setTimeout(120_000);
    await bea
      .getByRole('button', { name: /^Roll prod back: / })
      .first()
      .click();
    const dialog = bea.getByRole('dialog');
    await expect(dialog.getByText(/^Roll prod back to r\d+$/)).toBeVisible();
    await dialog.getByLabel('Reason').fill('A reader called.');
    await dialog.getByRole('button', { name: 'Request rollback' }).click();
    await expect(dialog.getByText('Rollback requested.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await approve('At once.');
    await expect(history(bea).getByRole('row').nth(1)).toContainText(
      'A reader called.',
      { timeout: 30_000 },
    );
    await expect(promoteButton(bea)).toBeVisible();
  });

  test('Tom sees all of it, and why he cannot change it', async () => {
    await tom.goto(deploy);
    await expect(
      tom.getByText(/Only builders and owners can promote it/).first(),
    ).toBeVisible();
    await expect(promoteButton(tom)).toHaveCount(0);
    await expect(tom.getByRole('button', { name: /Roll/ })).toHaveCount(0);
    await expect(history(tom)).toContainText('A reader called.');
  });

  test('it fits a telephone, in the dark', async ({ browser }) => {
    const page = await signIn(browser, 'Bea', {
      colorScheme: 'dark',
      width: 390,
    });
    // A rolled-back release responds with its own contract once its pods are ready.
    await expect(async () => {
      await page.goto(deploy);
      await promoteButton(page).click();
      const failed = page.getByText('Contract: failed.');
      await expect(failed).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 60_000 });
    await expectAccessible(page, '[role="dialog"]');
    await picture(page, 'promotion-narrow-dark');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expectAccessible(page);
    const hidden = await page.evaluate(() => {
      const { clientWidth, scrollWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(hidden).toBeLessThanOrEqual(0);
  });
});
