import { expect, type Locator, type Page } from '@playwright/test';

/** More than any page of ours has. */
const mostStops = 120;

/** Presses Tab until a part has the keyboard. */
export async function tabTo(page: Page, part: Locator): Promise<void> {
  for (let stops = 0; stops < mostStops; stops += 1) {
    if (await part.evaluate(element => element === document.activeElement))
      return;
    await page.keyboard.press('Tab');
  }
  await expect(part).toBeFocused();
}
