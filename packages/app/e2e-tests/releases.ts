import { expect, type Page } from '@playwright/test';
import { environmentsOn } from './environments';

/**
 * Requests another release on the Deploy tab.
 *
 * @param opener - name of the button that opens the dialog
 * @param verb - name of its button
 */
export async function requestRelease(
  page: Page,
  opener: string,
  verb: string,
): Promise<void> {
  await page.getByRole('button', { name: opener }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('To see it.');
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Requests another release on the Deploy tab, and waits until it runs. */
export async function changeRelease(
  page: Page,
  opener: string,
  verb: string,
  release: string,
): Promise<void> {
  await requestRelease(page, opener, verb);
  const environments = environmentsOn(page);
  await expect(environments.getByText(release, { exact: true })).toBeVisible();
  await expect(environments.getByText('Healthy', { exact: true })).toBeVisible({
    timeout: 60_000,
  });
}
