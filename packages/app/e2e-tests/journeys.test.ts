import { expect, test } from '@playwright/test';
import { ClickCounter } from './ClickCounter';
import { signIn } from './people';

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
    .getByRole('list', { name: /results$/ })
    .getByRole('link', { name: /volatility/ })
    .first()
    .click();
  await tom.getByRole('button', { name: 'Get data' }).click();
  await tom.getByRole('button', { name: 'Create token' }).click();
  const token = await tom.getByText(/^bwk_/).innerText();
  const address = `${process.env.BAILIWICK_GATEWAY_URL}/v1/rates-desk/dev/month-end-prices/prices`;
  const authorization = `Basic ${Buffer.from(`tom:${token}`).toString(
    'base64',
  )}`;
  const answer = await request.get(address, { headers: { authorization } });
  expect(answer.status()).toBe(200);
  expect((await answer.json()).rows[0]).toHaveProperty('volatility');
  expect(counter.report('consumer, from sign-in to rows')).toBeLessThanOrEqual(
    6,
  );
  await tom
    .getByRole('button', { name: /Revoke the token/ })
    .first()
    .click();
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

test('an owner gets to what the tenant uses', async ({ browser }) => {
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

test('an auditor gets to who approved a tenant', async ({ browser }) => {
  const counter = new ClickCounter();
  const pia = await signIn(browser, 'Pia', { counter });
  await pia.getByRole('link', { name: 'Tenants', exact: true }).click();
  await pia.getByRole('link', { name: 'Rates desk' }).first().click();
  await pia.getByRole('tab', { name: 'Audit' }).click();
  await expect(
    pia
      .getByRole('list', { name: 'Audit' })
      .getByText(/approved/)
      .first(),
  ).toBeVisible();
  expect(counter.report('auditor')).toBeLessThanOrEqual(5);
});
