import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { signIn } from './people';
import { picture, pictures } from './picture';

/** All pages of ours, each with an element that shows when it is complete. */
const pages: {
  name: string;
  path: string;
  /** Whether it is in the docs as it is here. */
  pictured?: boolean;
  shows: (page: Page) => Promise<void>;
}[] = [
  {
    name: 'home',
    path: '/',
    shows: page =>
      expect(
        page.getByRole('link', { name: 'Month-end prices', exact: true }),
      ).toBeVisible(),
  },
  {
    name: 'apps',
    path: '/apps',
    shows: page =>
      expect(
        page
          .getByRole('link', { name: 'Month-end prices', exact: true })
          .first(),
      ).toBeVisible(),
  },
  {
    name: 'templates',
    path: '/create',
    shows: page => expect(page.getByText('Price feed').first()).toBeVisible(),
  },
  {
    name: 'template-form',
    path: '/create/templates/default/finance-price-feed',
    shows: page =>
      expect(page.getByLabel('Tenant and environment')).toBeVisible(),
  },
  {
    name: 'tenants',
    path: '/tenants',
    shows: page =>
      expect(page.getByRole('link', { name: 'Rates desk' })).toBeVisible(),
  },
  {
    name: 'tenant',
    path: '/tenants/rates-desk',
    // The main path takes a picture of a tenant from the form.
    pictured: false,
    shows: page => expect(page.getByText('1 of 5').first()).toBeVisible(),
  },
  {
    name: 'tenant-environments',
    path: '/tenants/rates-desk/environments',
    pictured: false,
    shows: page =>
      expect(
        page.getByRole('button', { name: 'Add environment' }),
      ).toBeVisible(),
  },
  {
    name: 'tenant-members',
    path: '/tenants/rates-desk/members',
    pictured: false,
    shows: page =>
      expect(page.getByRole('link', { name: 'Bea Builder' })).toBeVisible(),
  },
  {
    name: 'tenant-quota',
    path: '/tenants/rates-desk/quota',
    shows: page => expect(page.getByText('History')).toBeVisible(),
  },
  {
    name: 'tenant-requests',
    path: '/tenants/rates-desk/requests',
    pictured: false,
    shows: page =>
      expect(
        page.getByRole('link', { name: 'New tenant Rates desk' }),
      ).toBeVisible(),
  },
  {
    name: 'tenant-audit',
    path: '/tenants/rates-desk/audit',
    shows: page => expect(page.getByText('completed').first()).toBeVisible(),
  },
  {
    name: 'request-tenant',
    path: '/tenants/-/new',
    shows: page => expect(page.getByLabel('Title')).toBeVisible(),
  },
  {
    name: 'requests',
    path: '/requests',
    shows: page =>
      expect(
        page.getByRole('link', { name: 'New tenant Rates desk' }),
      ).toBeVisible(),
  },
  {
    name: 'overview',
    path: '/catalog/rates-desk/component/month-end-prices',
    // The main path takes a picture of an app from a template.
    pictured: false,
    shows: page =>
      expect(
        page.getByText('Readiness', { exact: true }).first(),
      ).toBeVisible(),
  },
  {
    name: 'catalog-api',
    path: '/catalog/rates-desk/api/month-end-prices',
    shows: async page => {
      await expect(
        page.getByText('Yes', { exact: true }).first(),
      ).toBeVisible();
      await expect(page.getByText('/prices').first()).toBeVisible();
      await expect(
        page.getByRole('link', { name: 'Rates desk', exact: true }).first(),
      ).toBeVisible();
    },
  },
  {
    name: 'catalog-tenant',
    path: '/catalog/default/domain/rates-desk',
    shows: page =>
      expect(page.getByRole('group', { name: 'Apps by health' })).toBeVisible(),
  },
  {
    name: 'catalog-cluster',
    path: '/catalog/clusters/resource/local',
    shows: page =>
      expect(page.getByRole('group', { name: 'Apps by health' })).toBeVisible(),
  },
  {
    name: 'deploy',
    path: '/catalog/rates-desk/component/month-end-prices/deploy',
    shows: async page => {
      await expect(
        page.getByText('Healthy', { exact: true }).first(),
      ).toBeVisible();
      // The first screen has environments, charts and the tabs below them.
      for (const name of [/^Calls, 24 h/, /^CPU peak/, /^Memory peak/])
        await expect(page.getByRole('img', { name }).first()).toBeInViewport({
          ratio: 1,
        });
      await expect(page.getByRole('tab', { name: 'Metrics' })).toBeInViewport();
    },
  },
  {
    name: 'builds',
    path: '/catalog/rates-desk/component/month-end-prices/deploy?show=builds',
    shows: async page => {
      await expect(page.getByText(/name them in requirements/)).toBeVisible();
      // The demo has installed a package, unless the index is unreachable.
      await expect(page.getByRole('table', { name: 'Builds' })).toBeVisible();
      await page.getByRole('tabpanel').last().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'docs',
    path: '/docs',
    shows: page =>
      expect(page.getByRole('link', { name: 'User guide' })).toBeVisible(),
  },
  {
    name: 'guide',
    path: '/docs/connect',
    shows: page =>
      expect(
        page.getByRole('heading', { level: 2, name: 'Excel' }),
      ).toBeVisible(),
  },
  {
    name: 'get-data',
    path: '/catalog/rates-desk/component/month-end-prices/get-data',
    shows: page => expect(page.getByText('Clone the code')).toBeVisible(),
  },
];

/** Parts that stick out to the right and cannot be scrolled to; Backstage's own header scrolls. */
function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const isClipped = (element: Element): boolean => {
      const parent = element.parentElement;
      if (!parent) return false;
      return (
        getComputedStyle(parent).overflowX !== 'visible' || isClipped(parent)
      );
    };
    return [...document.querySelectorAll('main *, [role="main"] *')]
      .filter(
        element =>
          element.getBoundingClientRect().right > width + 1 &&
          !element.closest('[class*="bui-"]') &&
          !isClipped(element),
      )
      .map(element => element.outerHTML.slice(0, 120));
  });
}

/** Fails when the page, on a window of 320 pixels, has to be scrolled sideways. */
async function expectToFitNarrow(page: Page): Promise<void> {
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: before.height });
  await expect(async () => {
    expect(await stickingOut(page)).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth),
    ).toBeLessThanOrEqual(320);
  }).toPass({ timeout: 10_000 });
  await page.setViewportSize(before);
}

function testPages(colorScheme: 'light' | 'dark') {
  test.describe(`pages in the ${colorScheme} theme`, () => {
    let page: Page;
    const problems: string[] = [];

    test.beforeAll(async ({ browser }) => {
      page = await signIn(browser, 'Rita', { colorScheme });
      page.on('pageerror', error => problems.push(String(error)));
      page.on('console', message => {
        if (message.type() === 'error') problems.push(message.text());
      });
    });

    pages.forEach(({ name, path, pictured = true, shows }) =>
      test(`${name} is complete, accessible, without errors and fits its window`, async () => {
        problems.length = 0;
        await page.goto(path);
        await shows(page);
        // Backstage's own cards show a progress bar without a name, also later.
        await expect(async () => {
          await expect(
            page.locator('[class*="MuiCircularProgress-indeterminate"]'),
          ).toHaveCount(0);
          await expectAccessible(page);
        }).toPass({ timeout: 60_000 });
        if (pictured) await picture(page, `${name}-${colorScheme}`);
        if (colorScheme === 'light') await expectToFitNarrow(page);
        expect(problems).toEqual([]);
      }),
    );
  });
}

test('the sign-in page lists the people', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expectAccessible(page);
  await pictures(
    page,
    'sign-in',
    page.getByRole('button', { name: 'Sign in' }),
  );
});

test('a person whose only group is a tenant’s member group gets an explanation', async ({
  browser,
}) => {
  const bea = await signIn(browser, 'Bea');
  await bea.goto('/tenants/-/new');
  await expect(bea.getByText('You aren’t a member of any group')).toBeVisible();
});

testPages('light');
testPages('dark');
