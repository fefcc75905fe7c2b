import type { Browser, Page } from '@playwright/test';

/** One of the demo people in a browser window of their own. */
export async function signIn(
  browser: Browser,
  person: string,
  options: { colorScheme?: 'light' | 'dark'; width?: number } = {},
): Promise<Page> {
  const { colorScheme = 'light', width = 1280 } = options;
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 900 },
  });
  const page = await context.newPage();
  await page.goto('/');
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  const closed = popup.waitForEvent('close');
  await popup.getByRole('button', { name: person }).click();
  await closed;
  await page.getByRole('heading', { name: 'Your apps', exact: true }).waitFor();
  return page;
}
