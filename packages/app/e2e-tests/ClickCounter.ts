import { test, type BrowserContext } from '@playwright/test';

/** Counts a person's clicks in a browser window and its popups, and the time since the window was opened. */
export class ClickCounter {
  readonly #startedAt = Date.now();
  #clicks = 0;

  get clicks(): number {
    return this.#clicks;
  }

  /** Counts from now on; buttons pressed with the keyboard count, too, and clicks by scripts do not. */
  async watch(context: BrowserContext): Promise<void> {
    await context.exposeFunction('countClick', () => {
      this.#clicks += 1;
    });
    await context.addInitScript(() => {
      document.addEventListener(
        'click',
        event => {
          const { countClick } = window as unknown as {
            countClick: () => void;
          };
          // A label's click is followed by one of its field, which counts.
          const isLabel =
            event.target instanceof Element &&
            event.target.closest('label') !== null &&
            !event.target.matches('input, select, textarea');
          if (event.isTrusted && !isLabel) countClick();
        },
        { capture: true },
      );
    });
  }

  /**
   * Prints clicks and seconds, and returns the clicks.
   *
   * @param part - a part of all clicks, and when it began, milliseconds since 1970
   */
  report(
    journey: string,
    { clicks, startedAt }: { clicks: number; startedAt: number } = {
      clicks: this.#clicks,
      startedAt: this.#startedAt,
    },
  ): number {
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    const line = `${journey}: ${clicks} clicks, ${seconds} s`;
    test.info().annotations.push({ type: 'measured', description: line });
    process.stdout.write(`${line}\n`);
    return clicks;
  }
}
