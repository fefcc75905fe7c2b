import { expect, test } from '@playwright/test';
import { findFlaws } from './findFlaws';
import { findViolations } from './findViolations';
import { Pictures } from './Pictures';
import { Stand } from './Stand';

/**
 * Whether to test only the most important cases, in a third of the time: each theme and each width once, without axe
 * and pictures.
 */
const isQuick = process.env.BAILIWICK_QUICK === '1';

const windows = [
  { theme: 'light', width: 1280, isCompared: true },
  { theme: 'light', width: 390, isCompared: false },
  { theme: 'dark', width: 1280, isCompared: false },
  { theme: 'dark', width: 390, isCompared: true },
] as const;

for (const { isCompared, theme, width } of windows.filter(
  one => one.isCompared || !isQuick,
))
  test(`examples keep their layout in the ${theme} theme, ${width} px wide`, async ({
    browser,
  }) => {
    const stand = await Stand.open(browser, theme, width);
    const { page, problems } = stand;
    const pictures = await Pictures.of(page, browser);
    const hasAxe = width > 600 && !isQuick;
    for (const example of await stand.list()) {
      problems.length = 0;
      await stand.show(example);
      const found = [
        ...(await page.evaluate(findFlaws)),
        ...(hasAxe ? await findViolations(page, theme) : []),
        ...(await pictures.differences(
          `${example.name}-${theme}-${width}`,
          isCompared && !isQuick && !example.hasSystemFonts,
        )),
        ...problems,
      ];
      expect.soft(found, example.name).toEqual([]);
    }
    expect(await page.evaluate(() => 'hasRunHostileCode' in window)).toBe(
      false,
    );
    await pictures.close();
    await stand.close();
  });
