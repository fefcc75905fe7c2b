import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Parts that Backstage itself draws and that break a rule; the comment names it. */
const drawnByBackstage = [
  '.bui-Tab', // aria-valid-attr-value: names a panel that is not there
  // scrollable-region-focusable: the steps of a form on a narrow window; buttons lead through them
  '[class*="MuiStepper-root"]',
  // color-contrast, nested-interactive, select-name: the definition of an API
  '.swagger-ui',
];

/**
 * Fails when axe finds a serious or critical violation on the page as it is now.
 *
 * @param within - selector of the only part to look at
 */
export async function expectAccessible(
  page: Page,
  within?: string,
): Promise<void> {
  // What fades in has not got its colours yet. What moves with the scroll bar never ends.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(
          one =>
            one.timeline === document.timeline &&
            one.effect?.getComputedTiming().iterations !== Infinity,
        )
        .map(({ finished }) => finished),
    ),
  );
  const builder = drawnByBackstage.reduce(
    (axe, selector) => axe.exclude(selector),
    // Frames of other origins would need another way, which is slower; there are none.
    new AxeBuilder({ page }).setLegacyMode(),
  );
  if (within) builder.include(within);
  const { violations } = await builder.analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
    );
  expect(serious).toEqual([]);
}
