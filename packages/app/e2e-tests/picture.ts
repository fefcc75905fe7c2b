import type { Page } from '@playwright/test';
import { join } from 'node:path';

/** Takes a picture for the docs, only when asked to, so that runs leave no difference behind. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.BAILIWICK_PICTURES) return;
  await page.screenshot({
    path: join(__dirname, '../../../docs/images', `${name}.png`),
    animations: 'disabled',
  });
}
