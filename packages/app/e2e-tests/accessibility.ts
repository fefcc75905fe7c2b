import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Parts that Backstage itself draws and that break a rule; the comment names it. */
const drawnByBackstage = [
  '.bui-Tab', // aria-valid-attr-value: names a panel that is not there
  'a[href^="/catalog/default/template/"]', // link-name: an icon without a text
  'button[id^="viewDetail-template:"]', // nested-interactive: a button in a link
];

/** Fails when axe finds a serious or critical violation on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  // What fades in has not got its colours yet.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(one => one.effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished),
    ),
  );
  const builder = drawnByBackstage.reduce(
    (axe, selector) => axe.exclude(selector),
    new AxeBuilder({ page }),
  );
  const { violations } = await builder.analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
    );
  expect(serious).toEqual([]);
}
