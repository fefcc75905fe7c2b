import {
  chromium,
  type Browser,
  type BrowserContext,
  type Page,
} from '@playwright/test';

const person = 'Pia';
const longestMs = 120_000;

/** Milliseconds from the beginning of a visit. */
export interface Visit {
  /** Until the page has its layout. */
  firstPaintMs: number;
  /** Time until the first apps are visible with their health, in milliseconds. */
  usableMs: number;
}

/** Chromium of the machine, signed in as a platform engineer. */
export class Screen {
  readonly #browser: Browser;
  readonly #portal: string;
  /** Cookies and storage of the one who signed in. */
  readonly #session: Awaited<ReturnType<BrowserContext['storageState']>>;
  /** With which the browser called the portal. */
  readonly authorization: string;

  private constructor(
    browser: Browser,
    portal: string,
    session: Awaited<ReturnType<BrowserContext['storageState']>>,
    authorization: string,
  ) {
    this.#browser = browser;
    this.#portal = portal;
    this.#session = session;
    this.authorization = authorization;
  }

  static async open(portal: string): Promise<Screen> {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
      const context = await browser.newContext();
      const page = await context.newPage();
      const [called] = await Promise.all([
        page.waitForRequest(/\/api\/bailiwick\//, { timeout: longestMs }),
        signIn(page, portal),
      ]);
      const { authorization } = await called.allHeaders();
      const session = await context.storageState();
      await context.close();
      return new Screen(browser, portal, session, authorization);
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  /** Opens the board, with nothing in the browser's cache, and then again some times. */
  async visit(times: number): Promise<{ cold: Visit; warm: Visit[] }> {
    const { context, page } = await this.#page();
    const cold = await this.#board(page);
    const warm: Visit[] = [];
    for (let time = 0; time < times; time += 1)
      warm.push(await this.#board(page));
    await context.close();
    return { cold, warm };
  }

  /**
   * Opens the page and records the time at which each number in the reasons, `#7`, becomes visible.
   *
   * @returns times in milliseconds since 1970 by number, and a function that closes the page
   */
  async watch(): Promise<{
    seen(): Promise<Record<string, number>>;
    close(): Promise<void>;
  }> {
    const { context, page } = await this.#page();
    await this.#board(page);
    await page.evaluate(() => {
      const seen: Record<string, number> = {};
      Object.assign(window, { benchSeen: seen });
      const look = (element: Element) => {
        const [, number] =
          /#(\d+)/.exec(element.getAttribute('aria-label') ?? '') ?? [];
        if (!number || seen[number]) return;
        seen[number] = Infinity;
        // It is on the screen with the next frame.
        requestAnimationFrame(() => {
          seen[number] = Date.now();
        });
      };
      new MutationObserver(changes => {
        for (const { addedNodes, target, type } of changes) {
          if (type === 'attributes') look(target as Element);
          for (const node of addedNodes)
            if (node instanceof Element) {
              look(node);
              node.querySelectorAll('[aria-label]').forEach(look);
            }
        }
      }).observe(document.body, {
        attributes: true,
        attributeFilter: ['aria-label'],
        childList: true,
        subtree: true,
      });
    });
    return {
      seen: () =>
        page.evaluate(
          () =>
            (window as unknown as { benchSeen: Record<string, number> })
              .benchSeen,
        ),
      close: () => context.close(),
    };
  }

  async #page(): Promise<{ context: BrowserContext; page: Page }> {
    const context = await this.#browser.newContext({
      storageState: this.#session,
      viewport: { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    await page.addInitScript(() => {
      const marks: Record<string, number> = {};
      Object.assign(window, { benchMarks: marks });
      const look = () => {
        const now = performance.now();
        const isThere = (selector: string) => document.querySelector(selector);
        if (isThere('main h1, article h1')) marks.paint ??= now;
        if (isThere('tbody [role="rowheader"] a')) marks.usable ??= now;
        if (!marks.usable) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    return { context, page };
  }

  async #board(page: Page): Promise<Visit> {
    await page.goto(`${this.#portal}/apps`);
    const read = () =>
      (window as unknown as { benchMarks: Record<string, number> }).benchMarks;
    await page.waitForFunction(
      () =>
        (window as unknown as { benchMarks: { usable?: number } }).benchMarks
          .usable,
      undefined,
      { timeout: longestMs },
    );
    const { paint, usable } = await page.evaluate(read);
    return { firstPaintMs: paint, usableMs: usable };
  }
}

async function signIn(page: Page, portal: string): Promise<void> {
  // The first requests of a portal can take long beside other work.
  const patience = { timeout: longestMs };
  await page.goto(portal, patience);
  const [popup] = await Promise.all([
    page.waitForEvent('popup', patience),
    page.getByRole('button', { name: 'Sign in' }).click(patience),
  ]);
  await Promise.all([
    popup.waitForEvent('close', patience),
    popup.getByRole('button', { name: person }).click(patience),
  ]);
}
