import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

type Axe = {
  run(within: string, options: RunOptions): Promise<AxeResults>;
};

/**
 * Runs axe in the shown example, or in the dialog above it. Themes differ in colors only, so the dark one needs no other
 * rule than that for contrast.
 *
 * @returns the broken rules with their elements
 */
export async function findViolations(
  page: Page,
  theme: 'light' | 'dark',
): Promise<string[]> {
  const isLoaded = await page.evaluate(() => 'axe' in window);
  // Once for each page; AxeBuilder would load it again for each example.
  if (!isLoaded)
    await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
  return page.evaluate(
    async ({ options }) => {
      const dialog = '[role="dialog"]';
      const within = document.querySelector(dialog) ? dialog : '[data-example]';
      const { axe } = window as unknown as { axe: Axe };
      const { violations } = await axe.run(within, options);
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      );
    },
    {
      options: {
        resultTypes: ['violations' as const],
        ...(theme === 'dark' && { runOnly: ['color-contrast'] }),
      },
    },
  );
}
