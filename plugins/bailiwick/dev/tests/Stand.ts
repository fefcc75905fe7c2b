import type { Browser, BrowserContext, Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const origin = 'http://localhost:3000';
const bundle =
  process.env.BAILIWICK_EXAMPLES ??
  join(__dirname, '../../../../reports/examples');

/** An example, as the list of examples describes it. */
export interface ListedExample {
  /** Path and query. */
  address: string;
  name: string;
  /** Text that is visible once it is complete. */
  shows: string;
  isLoading: boolean;
  hasSystemFonts: boolean;
}

/** Tests run at this time, because pages show how long ago something was. */
const now = new Date('2026-11-24T12:00:00Z');

/** A warning about Backstage's own icons. */
const ofBackstage = /^The following icons were registered as IconComponent/;

/** The examples in a browser window, which gets its files from the bundle and reaches no other address. */
export class Stand {
  readonly page: Page;
  /** Errors and warnings in the console, uncaught exceptions, and addresses that a page tried to reach. */
  readonly problems: string[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on('pageerror', error => this.problems.push(String(error)));
    page.on('console', message => {
      const isProblem = ['error', 'warning'].includes(message.type());
      if (isProblem && !ofBackstage.test(message.text()))
        this.problems.push(message.text());
    });
  }

  static async open(
    browser: Browser,
    colorScheme: 'light' | 'dark',
    /** Pixels. */
    width: number,
  ): Promise<Stand> {
    const context = await browser.newContext({
      colorScheme,
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      viewport: { width, height: 900 },
    });
    const page = await context.newPage();
    const stand = new Stand(context, page);
    await context.route('**/*', route => {
      const { origin: asked, pathname } = new URL(route.request().url());
      const file = join(bundle, pathname);
      if (asked !== origin) {
        stand.problems.push(`The page asked for ${route.request().url()}`);
        return route.abort();
      }
      return route.fulfill({
        path:
          pathname !== '/' && existsSync(file)
            ? file
            : join(bundle, 'index.html'),
      });
    });
    await page.clock.setFixedTime(now);
    return stand;
  }

  close(): Promise<void> {
    return this.#context.close();
  }

  /** Loads the list of examples and returns it. */
  async list(): Promise<ListedExample[]> {
    await this.page.goto(`${origin}/examples`);
    const links = this.page.locator('a[data-shows]');
    await links.first().waitFor();
    return links.evaluateAll(all =>
      all.map(link => {
        const { dataset, href } = link as HTMLAnchorElement;
        const { pathname, search } = new URL(href);
        return {
          address: pathname + search,
          name: pathname.replace('/examples/', ''),
          shows: dataset.shows!,
          isLoading: dataset.isLoading === 'true',
          hasSystemFonts: dataset.hasSystemFonts === 'true',
        };
      }),
    );
  }

  /** Opens an example without reloading the page, and waits until it is complete. */
  async show({
    address,
    isLoading,
    name,
    shows,
  }: ListedExample): Promise<void> {
    await this.page.evaluate(path => {
      window.history.pushState({}, '', path);
      window.dispatchEvent(new PopStateEvent('popstate'));
    }, address);
    const complete = this.page.waitForFunction(
      wanted => {
        const example = document.querySelector(
          `[data-example="${wanted.name}"]`,
        );
        const isPending =
          !wanted.isLoading &&
          document.querySelector(
            '[class*="MuiSkeleton-root"], [class*="MuiCircularProgress"], [data-testid="progress"]',
          );
        return (
          example &&
          !isPending &&
          document.body.textContent!.includes(wanted.shows) &&
          document.fonts.status === 'loaded' &&
          document
            .getAnimations()
            .every(
              one =>
                one.playState !== 'running' ||
                one.effect?.getComputedTiming().iterations === Infinity,
            )
        );
      },
      { isLoading, name, shows },
      { polling: 'raf', timeout: 20_000 },
    );
    await complete.catch(cause => {
      throw new Error(`${name} isn't complete, or lacks “${shows}”`, { cause });
    });
  }
}
