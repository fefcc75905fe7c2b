import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { signIn } from './people';
import { pictures } from './picture';
import { createButton } from './tokens';

const api = '/catalog/rates-desk/api/month-end-prices';

/** Types into the dialog that Ctrl+K opens. */
async function type(page: Page, term: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search' }).fill(term);
}

const column = (page: Page) =>
  page
    .getByRole('option', {
      name: /^volatility Column prices · Month-end prices/,
    })
    .first();

test('a consumer finds a column by name and gets to its rows in three steps', async ({
  browser,
}) => {
  const tom = await signIn(browser, 'Tom');
  await type(tom, 'volatility');
  await expect(column(tom)).toBeVisible();
  await expectAccessible(tom, '[role=dialog]');
  await column(tom).click();
  await expect(tom).toHaveURL(new RegExp(`${api}#[a-z]+\\.volatility$`));
  await expect(
    tom.getByRole('cell', { name: 'volatility', exact: true }).first(),
  ).toBeInViewport();
  await tom.getByRole('button', { name: 'Get data', exact: true }).click();
  await expect(tom).toHaveURL(/\/get-data#[a-z]+\.volatility$/);
  await expect(createButton(tom)).toBeVisible();
  await expect(
    tom.getByRole('cell', { name: 'volatility' }).first(),
  ).toBeInViewport();

  await tom.keyboard.press('Control+k');
  await expect(
    tom.getByRole('group', { name: 'Recent' }).getByRole('option'),
  ).toContainText(['volatility']);
});

test('arrows and Enter open a result, Escape closes the dialog', async ({
  browser,
}) => {
  const tom = await signIn(browser, 'Tom');
  await type(tom, 'price');
  const options = tom.getByRole('option');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await tom.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await tom.keyboard.press('Escape');
  await expect(options).toHaveCount(0);
  await type(tom, 'month-end prices');
  await expect(options.first()).toContainText('Month-end prices');
  await tom.keyboard.press('Enter');
  await expect(tom).toHaveURL(/\/catalog\//);
});

test('a person from another team finds catalog entities, and neither the tenant nor its requests', async ({
  browser,
}) => {
  const [nora, rita] = await Promise.all(
    ['Nora', 'Rita'].map(person => signIn(browser, person)),
  );
  for (const [kind, name] of [
    ['tenant', /Rates desk/],
    ['request', /New tenant/],
  ] as const) {
    const address = `/search?query=rates&kind=${kind}`;
    await rita.goto(address);
    await expect(rita.getByRole('link', { name }).first()).toBeVisible();
    await nora.goto(address);
    // She finds requests of her own.
    await expect(
      nora
        .getByText(/^No results for “rates”/)
        .or(nora.getByRole('list', { name: /results?$/ })),
    ).toBeVisible();
    await expect(nora.getByRole('link', { name })).toHaveCount(0);
  }
  await nora.goto('/search?query=volatility&kind=column');
  await expect(
    nora.getByRole('button', { name: 'Request access to Month-end prices' }),
  ).toBeVisible();
  await expectAccessible(nora);
  await nora.locator(`a[href*="${api}#"]`).first().click();
  await expect(nora).toHaveURL(new RegExp(api));
  await expect(
    nora.getByRole('button', { name: 'Request access' }),
  ).toBeVisible();
  await expect(
    nora.getByRole('button', { name: 'Get data', exact: true }),
  ).toHaveCount(0);
});

test('a newcomer finds a part of a guide by a word in it', async ({
  browser,
}) => {
  const nora = await signIn(browser, 'Nora');
  await nora.goto('/search?query=golden&kind=docs');
  const result = nora.getByRole('link', {
    name: /^Golden files Docs Write a domain pack/,
  });
  await expect(result).toBeVisible();
  await expectAccessible(nora);
  await result.click();
  await expect(nora).toHaveURL(/\/docs\/write-a-pack#golden-files$/);
  await expect(
    nora.getByRole('heading', { name: 'Golden files' }),
  ).toBeInViewport();
  await expect(nora).toHaveTitle(/^Write a domain pack \|/);
  await expectAccessible(nora);

  await nora.getByRole('link', { name: 'Docs', exact: true }).first().click();
  await nora
    .getByRole('main')
    .getByRole('link', { name: 'Search', exact: true })
    .click();
  await expect(nora).toHaveURL(/\/docs\/search$/);
});

test('the search page filters by kind and has no violations', async ({
  browser,
}) => {
  const rita = await signIn(browser, 'Rita');
  await rita.goto('/');
  await rita.getByRole('link', { name: 'Search' }).first().click();
  await rita.getByRole('searchbox', { name: 'Search' }).fill('price');
  const results = rita.getByRole('list', { name: /results?$/ });
  await expect(results).toBeVisible();
  await expectAccessible(rita);
  await pictures(rita, 'search', results);
  await rita.getByRole('button', { name: 'Columns', exact: true }).click();
  await expect(results.getByRole('link').first()).toContainText('Column');
  await expect(rita).toHaveURL(/query=price&kind=column/);
});
