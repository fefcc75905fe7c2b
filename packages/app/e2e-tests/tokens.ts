import { expect, type Locator, type Page } from '@playwright/test';

/** The button that creates a token on the *Get data* tab, or another one for people who have a token. */
export function createButton(page: Page): Locator {
  return page.getByRole('button', { name: /^Create (another )?token$/ });
}

/** Creates a token on the *Get data* tab, and returns it. */
export async function createToken(page: Page): Promise<string> {
  await createButton(page).click();
  const token = page.getByText(/^bwk_/);
  await expect(token).toBeVisible();
  return token.innerText();
}

/** Revokes the newest token on the *Get data* tab, which is the first one in the list. */
export async function revokeNewest(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Revoke the token/ })
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Revoke token' })
    .click();
}
