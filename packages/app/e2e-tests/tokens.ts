import type { Page } from '@playwright/test';

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
