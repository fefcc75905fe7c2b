import AxeBuilder from '@axe-core/playwright';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Page,
} from '@playwright/test';
import { findChromium } from '../../process/findChromium';
import type { MeasuredPage } from './pageList';

/** Milliseconds for which a page must stay usable, and during which late requests and shifts still count. */
const settleMs = 1000;
const longestMs = 60_000;

/** Cost of one visit to a page. */
export interface Visit {
  /** Milliseconds from the navigation until the page is usable. */
  usableMs: number;
  /** All requests of the page, also open streams. */
  requests: number;
  /** Compressed bytes received by completed requests, divided by 1024. */
  kilobytes: number;
  /** Sum of the layout shifts without user input. */
  layoutShift: number;
  /** Errors and warnings in the console, and uncaught exceptions. */
  consoleErrors: string[];
}

/** The machine's Chromium, and the sessions of the people who have signed in. */
export class PageVisitor {
  readonly #browser: Browser;
  readonly #portal: string;
  readonly #sessions = new Map<
    string,
    Awaited<ReturnType<BrowserContext['storageState']>>
  >();

  private constructor(browser: Browser, portal: string) {
    this.#browser = browser;
    this.#portal = portal;
  }

  /** @param portal - its address, without a path */
  static async launch(portal: string): Promise<PageVisitor> {
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: ['--no-sandbox', '--disable-gpu'],
    });
    return new PageVisitor(browser, portal);
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  /** Visits a page with an empty browser cache, and then again some times with a warm one. */
  async visit(
    page: MeasuredPage,
    warmVisits: number,
  ): Promise<{ cold: Visit; warm: Visit[] }> {
    const context = await this.newContext(page.person);
    try {
      const tab = await context.newPage();
      const cold = await this.#measure(tab, page);
      const warm: Visit[] = [];
      for (let time = 0; time < warmVisits; time += 1)
        warm.push(await this.#measure(tab, page));
      return { cold, warm };
    } finally {
      await context.close();
    }
  }

  /** Rules of axe that the page breaks, with the elements. */
  async findViolations(
    page: MeasuredPage,
    colorScheme: 'light' | 'dark',
  ): Promise<string[]> {
    const context = await this.newContext(page.person, colorScheme);
    try {
      const tab = await context.newPage();
      await this.#measure(tab, page);
      // Frames of other origins would need another, slower way; there are none.
      const { violations } = await new AxeBuilder({ page: tab })
        .setLegacyMode()
        .options({ resultTypes: ['violations'] })
        .analyze();
      return violations.map(
        ({ id, nodes }) =>
          `${id} (${colorScheme}): ${nodes
            .map(({ html }) => html.slice(0, 160))
            .join(' | ')}`,
      );
    } finally {
      await context.close();
    }
  }

  async #measure(tab: Page, page: MeasuredPage): Promise<Visit> {
    let requests = 0;
    const consoleErrors: string[] = [];
    const listeners = {
      request: () => {
        requests += 1;
      },
      pageerror: (error: Error) => consoleErrors.push(String(error)),
      console: (message: { type(): string; text(): string }) => {
        if (['error', 'warning'].includes(message.type()))
          consoleErrors.push(message.text());
      },
    };
    tab.on('request', listeners.request);
    tab.on('pageerror', listeners.pageerror);
    tab.on('console', listeners.console);
    try {
      await tab.goto(`${this.#portal}${page.path}`, { waitUntil: 'commit' });
      const usableMs = await waitUntilUsable(tab, page);
      return {
        usableMs,
        requests,
        ...(await tab.evaluate(readEntries)),
        consoleErrors,
      };
    } finally {
      tab.off('request', listeners.request);
      tab.off('pageerror', listeners.pageerror);
      tab.off('console', listeners.console);
    }
  }

  /** A window with an empty cache, in which the person is signed in. */
  async newContext(
    person: string,
    colorScheme: 'light' | 'dark' = 'light',
  ): Promise<BrowserContext> {
    if (!this.#sessions.has(person))
      this.#sessions.set(person, await this.#signIn(person));
    return this.#browser.newContext({
      colorScheme,
      storageState: this.#sessions.get(person),
      viewport: { width: 1280, height: 900 },
    });
  }

  async #signIn(person: string) {
    const context = await this.#browser.newContext();
    const tab = await context.newPage();
    await tab.goto(this.#portal);
    const [popup] = await Promise.all([
      tab.waitForEvent('popup'),
      tab.getByRole('button', { name: 'Sign in' }).click(),
    ]);
    const closed = popup.waitForEvent('close');
    await popup.getByRole('button', { name: person }).click();
    await closed;
    await tab.locator('main h1').first().waitFor({ timeout: longestMs });
    const session = await context.storageState();
    await context.close();
    return session;
  }
}

/**
 * Waits until heading and main content are visible without skeleton, progress bar or spinner, and stay so for
 * {@link settleMs}.
 *
 * @returns milliseconds from the navigation until the beginning of that time
 */
async function waitUntilUsable(
  tab: Page,
  { content, name, text = '' }: MeasuredPage,
): Promise<number> {
  const pending = [
    '[class*="MuiSkeleton-root"]',
    '[class*="MuiCircularProgress-indeterminate"]',
    '[class*="MuiLinearProgress-indeterminate"]',
    '[role="progressbar"]:not([aria-valuenow])',
    '[role="status"][aria-label="Loading"]',
    '[data-testid="progress"]',
  ].join();
  try {
    const handle = await tab.waitForFunction(
      wanted => {
        const see = (selector: string, part = '') =>
          [...document.querySelectorAll(selector)].some(
            element =>
              element.textContent?.includes(part) && element.checkVisibility(),
          );
        const now = performance.now();
        const isUsable =
          see('h1') && see(wanted.content, wanted.text) && !see(wanted.pending);
        const state = window as unknown as { usableSince?: number };
        state.usableSince = isUsable ? state.usableSince ?? now : undefined;
        return (
          state.usableSince !== undefined &&
          now - state.usableSince > wanted.settleMs &&
          state.usableSince
        );
      },
      { content, text, pending, settleMs },
      { polling: 'raf', timeout: longestMs },
    );
    return (await handle.jsonValue()) as number;
  } catch (error) {
    throw new Error(
      `The page ${name} does not show ${content} ${text}: ${
        (error as Error).message
      }`,
    );
  }
}

/** Runs in the browser: returns the performance entries since the navigation. */
function readEntries(): Pick<Visit, 'kilobytes' | 'layoutShift'> {
  const observer = new PerformanceObserver(() => undefined);
  observer.observe({ type: 'layout-shift', buffered: true });
  const shifts = observer.takeRecords() as (PerformanceEntry & {
    value: number;
    hadRecentInput: boolean;
  })[];
  observer.disconnect();
  const received = ['navigation', 'resource']
    .flatMap(type => performance.getEntriesByType(type))
    .reduce(
      (sum, entry) =>
        sum + ((entry as PerformanceResourceTiming).transferSize ?? 0),
      0,
    );
  return {
    kilobytes: received / 1024,
    layoutShift: shifts
      .filter(({ hadRecentInput }) => !hadRecentInput)
      .reduce((sum, { value }) => sum + value, 0),
  };
}
