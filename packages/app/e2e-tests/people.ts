import {
  test,
  type Browser,
  type BrowserContext,
  type Page,
} from '@playwright/test';

/** What keeps somebody signed in, with the pages that their browser has loaded before. */
const contexts = new Map<string, BrowserContext>();
let fileOfPages = '';

/**
 * Opens a window of one of the demo people, who signs in where nobody did for them before. Pages that the test files
 * before left open are closed: they would go on asking the portal.
 */
export async function signIn(
  browser: Browser,
  person: string,
  options: { colorScheme?: 'light' | 'dark'; width?: number } = {},
): Promise<Page> {
  const { colorScheme = 'light', width = 1280 } = options;
  if (fileOfPages !== test.info().file) {
    fileOfPages = test.info().file;
    const pages = [...contexts.values()].flatMap(one => one.pages());
    await Promise.all(pages.map(page => page.close()));
  }
  const known = contexts.get(person);
  const context = known ?? (await browser.newContext());
  contexts.set(person, context);
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  await page.goto('/');
  if (!known) {
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Sign in' }).click(),
    ]);
    const closed = popup.waitForEvent('close');
    await popup.getByRole('button', { name: person }).click();
    await closed;
  }
  await page.getByRole('heading', { name: 'Your apps', exact: true }).waitFor();
  return page;
}
