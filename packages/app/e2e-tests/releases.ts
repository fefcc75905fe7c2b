import { expect, type Locator, type Page } from '@playwright/test';
import { environmentsOn } from './environments';

/**
 * Publishes the newest commit on the Deploy tab as soon as it runs.
 *
 * @param shown - what shows that it is published
 */
export async function publishRelease(
  page: Page,
  shown: Locator,
): Promise<void> {
  const publish = page.getByRole('button', { name: 'Publish a release' });
  await expect(async () => {
    if (await publish.isVisible()) await publish.click({ timeout: 2_000 });
    await expect(shown).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
}

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
