import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { signIn } from './people';

/**
 * Window sizes with themes; narrow windows have the same colors as wide ones. Forms share their fields, so one of several
 * shows how they look in another theme and size.
 */
const looks = [
  { colorScheme: 'light', width: 1280, every: 1 },
  { colorScheme: 'dark', width: 390, every: 3 },
] as const;

/** The card around a form; its surroundings are the same for all forms. */
const form = 'article [class*="MuiCardContent-root"]';

/** The cards of all archetypes; a tenant is asked for by another form. */
function archetypeCards(page: Page): Locator {
  return page
    .locator('[class*="MuiCard-root"]')
    .filter({ hasText: /tests? passed|tests? failed|Not tested/ });
}

/** Enters tenant, environment and name of the app, which have no defaults. */
async function sayWhere(page: Page): Promise<void> {
  await page.getByLabel('Tenant and environment').click();
  await page.getByRole('option', { name: 'Rates desk · dev' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Looked at');
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(
    'looked-at',
  );
}

/** Goes through all steps with the defaults of the form, and checks each. */
async function walk(page: Page): Promise<void> {
  const steps = page.locator('[class*="MuiStep-root"]');
  const active = page.locator('[class*="MuiStepLabel-active"]');
  await sayWhere(page);
  const titles = await steps.allInnerTexts();
  // The last step is the review, which Backstage draws.
  for (let step = 0; step < titles.length - 1; step += 1) {
    if (step > 0) await page.getByRole('button', { name: 'Next' }).click();
    await expect(active).toHaveText(titles[step].replace(/^\d+\s*/, ''));
    if (step === titles.length - 2)
      await expect(
        page.getByRole('heading', { name: 'What happens' }),
      ).toBeVisible();
    await expectAccessible(page, step === 0 ? undefined : form);
  }
}

looks.forEach(({ colorScheme, every, width }) =>
  test(`forms are accessible and without errors, from the first step to the preflight, in the ${colorScheme} theme on ${width} pixels`, async ({
    browser,
  }) => {
    const page = await signIn(browser, 'Bea', { colorScheme, width });
    const problems: string[] = [];
    page.on('pageerror', error => problems.push(String(error)));
    page.on('console', message => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto('/create');
    const cards = archetypeCards(page);
    await expect(cards.first()).toBeVisible();
    await expectAccessible(page);
    const titles = await cards
      .getByRole('heading', { level: 3 })
      .allInnerTexts();
    for (const title of titles.filter((_, index) => index % every === 0))
      await test.step(title, async () => {
        await cards
          .filter({
            has: page.getByRole('heading', { name: title, exact: true }),
          })
          .getByRole('button', { name: /^Use template/ })
          .click();
        await walk(page);
        expect(problems).toEqual([]);
        await page.goBack();
        await expect(cards).toHaveCount(titles.length);
      });
  }),
);
