import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { tabTo } from './keyboard';
import { apply, kubectl } from './kubectl';
import { signIn } from './people';
import { picture } from './picture';

// Pia is a platform engineer and sees all apps of the demo, and one without code.
const home = 'rates-desk--home';
const lost = 'lost-code';

test.describe('the fleet in the browser', () => {
  test.describe.configure({ mode: 'serial' });
  let pia: Page;

  test.beforeAll(async ({ browser }) => {
    const made = JSON.parse(
      await kubectl('get', 'app', '-n', home, 'month-end-prices', '-o', 'json'),
    );
    await apply({
      apiVersion: made.apiVersion,
      kind: 'App',
      metadata: { name: lost, namespace: home },
      spec: {
        ...made.spec,
        title: 'Lost code',
        environments: [{ name: 'dev', revision: 'draft' }],
        source: {
          ...made.spec.source,
          repository: `rates-desk/${lost}`,
          revision: '0'.repeat(40),
        },
      },
    });
    pia = await signIn(browser, 'Pia');
  });

  test.afterAll(() =>
    kubectl('delete', 'app', '-n', home, lost, '--ignore-not-found'),
  );

  const app = (title: string) =>
    pia.getByRole('rowheader').getByRole('link', { name: title, exact: true });
  const healthy = () => pia.getByRole('button', { name: /^Healthy \(\d+\)$/ });
  /** Waits until no other health is shown than that of the app without code. */
  const lostIsBad = () =>
    expect(
      pia.getByRole('link', { name: /^(Failed|Degraded|Progressing): Lost/ }),
    ).toBeVisible();

  /**
   * Takes pictures of the page in the light and the dark theme, and returns to the light one. Switching themes reloads
   * the page.
   */
  const lookInBothThemes = async (name: string) => {
    await expectAccessible(pia);
    await picture(pia, `${name}-light`);
    for (const colorScheme of ['dark', 'light'] as const) {
      await Promise.all([
        pia.waitForEvent('load'),
        pia.emulateMedia({ colorScheme }),
      ]);
      await expect(pia.getByText('Lost code').first()).toBeVisible();
      if (colorScheme === 'light') return;
      await expectAccessible(pia);
      await picture(pia, `${name}-dark`);
    }
  };

  test('shows apps and reasons on a board', async () => {
    await pia.goto('/apps?q=rates-desk');
    await expect(app('Month-end prices')).toBeVisible();
    await lostIsBad();
    await lookInBothThemes('fleet-board');
    const cell = pia
      .getByRole('link', { name: /^Healthy: Month-end prices/ })
      .first();
    await cell.hover();
    await expect(pia.getByRole('tooltip')).toContainText('pod');
  });

  test('shows the reason to keyboard users', async () => {
    await pia.mouse.move(0, 0);
    await expect(pia.getByRole('tooltip')).toHaveCount(0);
    await pia.getByLabel('Search apps').focus();
    const cell = pia
      .getByRole('link', { name: /^Healthy: Month-end prices/ })
      .first();
    await tabTo(pia, cell);
    // Those of the stops on the way may still fade.
    await expect(cell).toHaveAccessibleDescription(/pod/);
    await expect(
      pia.getByRole('tooltip', { name: /^The pod is ready/ }),
    ).toBeVisible();
    await pia.keyboard.press('Enter');
    await expect(pia).toHaveURL(/component\/month-end-prices\/deploy$/);
  });

  test('keeps filters and grouping over a reload and on the way back', async () => {
    await pia.goto('/apps');
    await lostIsBad();
    await healthy().click();
    await expect(healthy()).toHaveAttribute('aria-pressed', 'true');
    await expect(app('Lost code')).toBeHidden();
    await pia.getByLabel('Search apps').fill('month-end');
    await pia.getByLabel('Group by').click();
    await pia.getByRole('option', { name: 'Pack version' }).click();
    await expect(pia.getByRole('rowheader')).toHaveCount(2);
    const shown = await pia.getByRole('rowheader').allInnerTexts();
    await expect(pia).toHaveURL(/group=version&health=Healthy&q=month-end/);

    await pia.reload();
    await expect(pia.getByRole('rowheader')).toHaveText(shown, {
      useInnerText: true,
    });
    await app('Month-end prices').click();
    await expect(pia).toHaveURL(/\/catalog\//);
    await pia.goBack();
    await expect(pia.getByLabel('Search apps')).toHaveValue('month-end');
    await expect(pia.getByRole('rowheader')).toHaveCount(2);
  });

  test('reports an empty result, with a link that resets the filters', async () => {
    await pia.getByLabel('Search apps').fill('no such app at all');
    await expect(pia.getByText(/^None of \d+ apps matches/)).toBeVisible();
    await expectAccessible(pia);
    await pia.getByRole('button', { name: 'Show all apps' }).click();
    await expect(app('Lost code')).toBeVisible();
  });

  test('is a table that sorts', async () => {
    await pia.getByRole('button', { name: 'Table' }).click();
    // Of many apps only those that can be seen are drawn.
    await pia.getByLabel('Search apps').fill('rates-desk');
    const table = pia.getByRole('table', { name: 'Apps' });
    await table.getByRole('button', { name: 'Health', exact: true }).click();
    await expect(
      table.getByRole('columnheader', { name: 'Health', exact: true }),
    ).toHaveAttribute('aria-sort', 'ascending');
    await expect(async () => {
      const lines = await table.getByRole('row').allInnerTexts();
      const lineOf = (title: string) =>
        lines.findIndex(line => line.includes(title));
      expect(lineOf('Lost code')).toBeGreaterThan(0);
      expect(lineOf('Lost code')).toBeLessThan(lineOf('Month-end prices'));
    }).toPass({ timeout: 10_000 });
    await lookInBothThemes('fleet-table');
  });

  test('keeps a view under a name', async () => {
    await pia.getByRole('button', { name: 'Saved views' }).click();
    await pia.getByLabel('Name of this view').fill('By health');
    await pia.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(
      pia.getByRole('button', { name: 'By health', exact: true }),
    ).toBeVisible();
    await expectAccessible(pia);
    await picture(pia, 'fleet-views-light');
    await pia.getByRole('button', { name: 'Close' }).click();

    await pia.goto('/apps');
    await pia.getByRole('button', { name: 'Saved views' }).click();
    await pia.getByRole('button', { name: 'By health', exact: true }).click();
    await expect(pia).toHaveURL(/sort=Health&view=table/);
    await pia.getByRole('button', { name: 'View: By health' }).click();
    await pia.getByRole('button', { name: 'Delete By health' }).click();
    await expect(pia.getByText(/No saved views yet/)).toBeVisible();
    await pia.getByRole('button', { name: 'Close' }).click();
  });

  test('lets a builder pause and resume selected apps after a preview', async ({
    browser,
  }) => {
    const bea = await signIn(browser, 'Bea');
    await bea.goto('/apps?q=rates-desk');
    const line = bea.getByRole('row').filter({ hasText: 'Lost code' });
    const act = async (verb: 'Pause' | 'Resume') => {
      await bea.getByRole('button', { name: `${verb}…` }).click();
      const dialog = bea.getByRole('dialog', { name: `${verb} 1 app` });
      await expect(
        dialog.getByText('Lost code in dev, tenant rates-desk'),
      ).toBeVisible();
      await expectAccessible(bea);
      await picture(bea, `fleet-${verb.toLowerCase()}-light`);
      await dialog.getByRole('button', { name: verb, exact: true }).click();
      await expect(dialog.getByText('1 of 1 done, 0 failed.')).toBeVisible();
      await dialog.getByRole('button', { name: 'Close' }).click();
    };
    await line.getByRole('checkbox').check();
    await expectAccessible(bea);
    await act('Pause');
    const paused = line.getByText('paused, not deployed');
    await expect(paused).toBeVisible();
    await act('Resume');
    await expect(paused).toBeHidden();
    await bea.context().close();
  });

  test('moves nothing under the pointer while apps change', async () => {
    await pia.goto('/apps?group=health&q=rates-desk');
    await lostIsBad();
    await app('Month-end prices').hover();
    const before = await pia.getByRole('rowheader').allInnerTexts();
    await kubectl('delete', 'app', '-n', home, lost);
    await expect(
      pia.getByRole('link', { name: /^Unknown: Lost code .* was deleted\.$/ }),
    ).toBeVisible();
    await expect(
      pia.getByRole('button', { name: /^Sort again \(\d+ changes?\)$/ }),
    ).toBeVisible();
    const links = (texts: string[]) =>
      texts.map(text => text.split('\n')[0]).filter(Boolean);
    expect(links(await pia.getByRole('rowheader').allInnerTexts()).length).toBe(
      links(before).length,
    );
    await pia.mouse.move(0, 0);
    await expect(app('Lost code')).toBeHidden();
  });

  [390, 320].forEach(width =>
    test(`is a list of cards on a window of ${width} pixels`, async () => {
      await pia.setViewportSize({ width, height: 844 });
      await pia.goto('/apps?view=table');
      const list = pia.getByRole('region', { name: 'Apps by environment' });
      await expect(
        list.getByRole('link', { name: /^Healthy: / }).first(),
      ).toBeVisible();
      await expect(pia.getByRole('table')).toHaveCount(0);
      expect(
        await pia.evaluate(() => document.documentElement.scrollWidth),
      ).toBeLessThanOrEqual(width);
      await expectAccessible(pia);
      await picture(pia, `fleet-${width}`);
    }),
  );
});
