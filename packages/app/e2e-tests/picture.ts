import type { Locator, Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

/**
 * Takes a picture of a whole page, only on request, so that runs leave no changes: in `docs/images` if the docs have
 * it, otherwise in `reports/pictures`.
 */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.BAILIWICK_PICTURES) return;
  // A window as tall as the page: elements fixed to the window then span all of it.
  const { width, height } = page.viewportSize()!;
  const whole = await page.evaluate(() => document.body.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, whole) });
  const shown = join(root, 'docs/images', `${name}.png`);
  await page.screenshot({
    path: existsSync(shown)
      ? shown
      : join(root, 'reports/pictures', `${name}.png`),
    animations: 'disabled',
  });
  await page.setViewportSize({ width, height });
}

/**
 * Takes pictures in both themes of a page that is light. Switching themes reloads the page, so input is lost.
 *
 * @param shown - element that shows when the page is complete
 */
export async function pictures(
  page: Page,
  name: string,
  shown: Locator,
): Promise<void> {
  if (!process.env.BAILIWICK_PICTURES) return;
  for (const colorScheme of ['dark', 'light'] as const) {
    await Promise.all([
      page.waitForEvent('load'),
      page.emulateMedia({ colorScheme }),
    ]);
    await shown.waitFor();
    await picture(page, `${name}-${colorScheme}`);
  }
}
