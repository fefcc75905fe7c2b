import { expect, test, type Page } from '@playwright/test';
import { readSheet } from 'read-excel-file/node';
import { expectAccessible } from './accessibility';
import { ClickCounter } from './ClickCounter';
import { signIn } from './people';
import { picture } from './picture';
import { createToken, revokeNewest } from './tokens';

const prices = (environment: string) =>
  `${process.env.BAILIWICK_GATEWAY_URL}/v1/rates-desk/${environment}/month-end-prices/prices`;

/** Downloads the rows of a function in the browser, and returns the names of the columns in the file. */
async function downloadColumns(page: Page, fn: string): Promise<unknown[]> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `Download ${fn} as Excel` }).click(),
  ]);
  expect(file.suggestedFilename()).toBe(`month-end-prices-${fn}-prod.xlsx`);
  await expect(page.getByText(/^month-end-.* was downloaded/)).toBeVisible();
  const rows = await readSheet(await file.path());
  expect(rows.length).toBeGreaterThan(1);
  return rows[0];
}

// Journeys of people who come with one question, from sign-in to the answer. newcomer.test.ts has that of a new builder.

test('a consumer gets from a word to rows in at most 6 clicks', async ({
  browser,
  request,
}) => {
  const counter = new ClickCounter();
  const tom = await signIn(browser, 'Tom', { counter });
  await tom.getByRole('link', { name: 'Search', exact: true }).click();
  await tom.getByRole('searchbox', { name: 'Search' }).fill('volatility');
  await tom
    .getByRole('list', { name: /results?$/ })
    .getByRole('link', { name: /volatility.*Month-end prices/ })
    .first()
    .click();
  await tom.getByRole('button', { name: 'Get data', exact: true }).click();
  const token = await createToken(tom);
  const authorization = `Basic ${Buffer.from(`tom:${token}`).toString(
    'base64',
  )}`;
  const answer = await request.get(prices('prod'), {
    headers: { authorization },
  });
  expect(answer.status()).toBe(200);
  expect((await answer.json()).rows[0]).toHaveProperty('volatility');
  expect(counter.report('consumer, from sign-in to rows')).toBeLessThanOrEqual(
    6,
  );
  await revokeNewest(tom);
  expect(await downloadColumns(tom, 'prices')).toContain('volatility');
});

test('a stranger requests access, and reads rows once an owner approved it', async ({
  browser,
  request,
}) => {
  const counter = new ClickCounter();
  const nora = await signIn(browser, 'Nora', { counter });
  await nora.getByRole('link', { name: 'Search', exact: true }).click();
  await nora.getByRole('searchbox', { name: 'Search' }).fill('volatility');
  await nora
    .getByRole('list', { name: /results?$/ })
    .locator('a[href*="month-end-prices"]')
    .first()
    .click();
  await nora.waitForURL(/\/api\/month-end-prices/);
  await nora.getByRole('button', { name: 'Request access' }).click();
  const dialog = nora.getByRole('dialog', {
    name: 'Request access to Month-end prices',
  });
  await dialog.getByLabel('Reason').fill('Monthly risk report.');
  await expectAccessible(nora);
  await picture(nora, 'access-request-light');
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await expect(nora.getByText(/^Access to prod requested/)).toBeVisible();

  const rita = await signIn(browser, 'Rita');
  await rita.goto('/requests');
  await rita
    .getByRole('link', { name: /Month-end prices/ })
    .first()
    .click();
  await expect(rita.getByText('Monthly risk report.').first()).toBeVisible();
  await rita.getByLabel('Your reason').fill('For the report.');
  await rita.getByRole('button', { name: 'Approve' }).click();

  await expect(nora.getByText(/^Access to prod until/)).toBeVisible();
  await nora
    .getByRole('main')
    .getByRole('button', { name: 'Get data' })
    .first()
    .click();
  const token = await createToken(nora);
  const authorization = `Basic ${Buffer.from(`nora:${token}`).toString(
    'base64',
  )}`;
  const read = () =>
    request.get(prices('prod'), { headers: { authorization } });
  expect((await (await read()).json()).rows[0]).toHaveProperty('volatility');
  expect(
    counter.report('stranger, from sign-in to rows, approval included'),
  ).toBeLessThanOrEqual(8);
  expect(await downloadColumns(nora, 'prices')).toContain('volatility');
  // A second browser: over plain HTTP, one opens six connections, and each visible page several.
  const home = await signIn(browser, 'Nora');
  await home.goto('/');
  await expect(home.getByText('Data you can read')).toBeVisible();

  await rita.goto('/tenants/rates-desk/members');
  await rita.getByRole('button', { name: /Revoke the access of/ }).click();
  await rita
    .getByRole('dialog')
    .getByRole('button', { name: 'Revoke access' })
    .click();
  await expect(async () => expect((await read()).status()).toBe(403)).toPass();
  await expect(home.getByText('Data you can read')).toBeHidden();
});

test('a platform engineer gets to the app that needs attention', async ({
  browser,
}) => {
  const counter = new ClickCounter();
  const pia = await signIn(browser, 'Pia', { counter });
  await pia.getByRole('link', { name: 'Apps', exact: true }).click();
  await pia
    .getByRole('link', { name: 'Month-end prices', exact: true })
    .first()
    .click();
  await expect(pia.getByRole('link', { name: 'Deploy' })).toBeVisible();
  expect(counter.report('platform engineer')).toBeLessThanOrEqual(4);
});

test('an owner finds the usage of the tenant', async ({ browser }) => {
  const counter = new ClickCounter();
  const rita = await signIn(browser, 'Rita', { counter });
  await rita
    .locator('main')
    .getByRole('link', { name: 'Rates desk' })
    .first()
    .click();
  await rita.getByRole('tab', { name: 'Quota' }).click();
  await expect(rita.getByText('History')).toBeVisible();
  expect(counter.report('owner')).toBeLessThanOrEqual(4);
});

test('an auditor finds who approved a tenant', async ({ browser }) => {
  const counter = new ClickCounter();
  const pia = await signIn(browser, 'Pia', { counter });
  await pia.getByRole('link', { name: 'Tenants', exact: true }).click();
  await expect(pia).toHaveTitle('Tenants | Bailiwick');
  await pia.getByRole('link', { name: 'Rates desk' }).first().click();
  await pia.getByRole('tab', { name: 'Audit' }).click();
  await expect(
    pia
      .getByRole('list', { name: 'Audit' })
      .getByText(/^Approved by/)
      .first(),
  ).toBeVisible();
  expect(counter.report('auditor')).toBeLessThanOrEqual(5);
});
