import {
  test,
  type Browser,
  type BrowserContext,
  type Page,
} from '@playwright/test';
import type { ClickCounter } from './ClickCounter';

let fileOfContexts = '';
let contexts: BrowserContext[] = [];

/**
 * Signs in as one of the demo people in a new browser window. Closes windows of the previous test file, because they
 * keep sending requests.
 */
export async function signIn(
  browser: Browser,
  person: string,
  options: {
    colorScheme?: 'light' | 'dark';
    /** Counts the clicks, including those of the sign-in. */
    counter?: ClickCounter;
    width?: number;
  } = {},
): Promise<Page> {
  const { colorScheme = 'light', counter, width = 1280 } = options;
  const { file } = test.info();
  if (fileOfContexts !== file) {
    fileOfContexts = file;
    const before = contexts;
    contexts = [];
    await Promise.all(before.map(context => context.close()));
  }
  const context = await browser.newContext({
    colorScheme,
    // Moving parts take processor time, and clicks may miss them.
    reducedMotion: 'reduce',
    viewport: { width, height: 900 },
  });
  contexts.push(context);
  await counter?.watch(context);
  const page = await context.newPage();
  await page.goto('/');
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  const closed = popup.waitForEvent('close');
  await popup.getByRole('button', { name: person }).click();
  await closed;
  await page.getByRole('heading', { name: 'Requests', exact: true }).waitFor();
  return page;
}
