import type { Page } from '@playwright/test';

/** Creates a token on the *Get data* tab, and returns it. */
export async function createToken(page: Page): Promise<string> {
  // People who have a token already create another one.
  await page.getByRole('button', { name: /^Create (another )?token$/ }).click();
  return page.getByText(/^bwk_/).innerText();
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
