import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Fails when axe finds a serious or critical violation on the page as it is now.
 *
 * @param within - selector of the only part to look at
 */
export async function expectAccessible(
  page: Page,
  within?: string,
): Promise<void> {
  // Backstage's loading spinner has no accessible name. The page behind it is checked instead.
  await expect(
    page.locator('.MuiCircularProgress-root:not([aria-label])'),
  ).toHaveCount(0);
  // What fades in has not got its colors yet. What moves with the scroll bar never ends.
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
  // Frames of other origins would need another way, which is slower; there are none. Details of what passes are not
  // needed, and take half of the time.
  const builder = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] });
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
