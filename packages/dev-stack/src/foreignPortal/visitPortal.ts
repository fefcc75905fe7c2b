import { chromium, type Page } from '@playwright/test';
import { demoTemplate } from '../demo/playMainPath';
import { findChromium } from '../process/findChromium';
import { ordinaryDeployment, portalCluster } from './ordinaryComponent';

/** Milliseconds for a page; pods of apps start within this time, too. */
const longestMs = 180_000;
/** Another tenant for each run, so that runs can share a Bailiwick. */
const run = Date.now().toString(36);
const tenant = `foreign-lab-${run}`;
const app = 'foreign-prices';

/** Finds a Deployment on the Kubernetes tab of a component. */
async function showDeployment(
  page: Page,
  at: { path: string; cluster: string; deployment: string },
): Promise<void> {
  await page.goto(`${at.path}/kubernetes`);
  await page.getByText(at.cluster, { exact: true }).first().click();
  await page.getByText(at.deployment, { exact: true }).first().waitFor();
}

const visits: Record<string, (page: Page) => Promise<void>> = {
  'Home page of the portal': async page => {
    const component = page.getByRole('link', { name: 'example-website' });
    const enter = page.getByRole('button', { name: 'Enter' });
    await page.goto('/');
    await component.or(enter).first().waitFor();
    // Portals on the legacy frontend system sign guests in by themselves.
    if (await enter.isVisible()) await enter.click();
    await component.first().waitFor();
  },
  Tenants: async page => {
    const button = (name: string) => page.getByRole('button', { name });
    await page.goto('/tenants');
    await button('Request a tenant').click();
    await page.getByLabel('Title').fill(`Foreign lab ${run}`);
    await page.getByLabel('Purpose').fill('Tries Bailiwick in this portal.');
    await page.getByLabel('Cost center').fill('4711');
    await page.getByRole('textbox', { name: 'Reason' }).fill('An idea.');
    await page.getByRole('radio', { name: 'Sandbox' }).check();
    await button('Send request').click();
    await page.waitForURL(`**/tenants/${tenant}`);
    await page.getByText('Healthy', { exact: true }).first().waitFor();
  },
  Create: async page => {
    const press = (name: string) => page.getByRole('button', { name }).click();
    await page.goto('/create');
    await page.getByText('Price feed').first().waitFor();
    await page.goto(`/create/templates/default/${demoTemplate}`);
    await page.getByRole('textbox', { name: 'Title' }).fill('Foreign prices');
    await page.getByRole('checkbox', { name: 'IBM' }).check();
    await press('Next');
    await press('Review');
    await press('Create');
    await page.getByRole('link', { name: 'Open app' }).click();
    await page.getByRole('table', { name: 'Sample rows of prices' }).waitFor();
  },
  Apps: async page => {
    await page.goto('/apps');
    await page.getByRole('link', { name: 'Foreign prices' }).first().waitFor();
  },
  Deploy: async page => {
    await page.goto(`/catalog/${tenant}/component/${app}/deploy`);
    await page.getByText('The pod is ready.').waitFor();
  },
  'Kubernetes tab of the app': page =>
    showDeployment(page, {
      path: `/catalog/${tenant}/component/${app}`,
      cluster: 'This machine',
      deployment: app,
    }),
  'Kubernetes tab of another component': page =>
    showDeployment(page, {
      path: '/catalog/default/component/example-website',
      cluster: portalCluster,
      deployment: ordinaryDeployment,
    }),
};

/**
 * Uses a portal with Bailiwick in a browser as its guest: requests a tenant, creates an app from a template, and looks at
 * the app and at a component that has nothing to do with Bailiwick.
 *
 * @param url - address of the portal
 * @param report - called with the name of each part that works
 * @throws Error if a page does not show what it should, or throws an exception
 */
export async function visitPortal(
  url: string,
  report: (name: string) => void,
): Promise<void> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(longestMs);
    const exceptions: string[] = [];
    page.on('pageerror', error => exceptions.push(String(error)));
    for (const [name, visit] of Object.entries(visits)) {
      await visit(page).catch(error => {
        throw new Error(`${name}: ${(error as Error).message}`);
      });
      report(name);
    }
    if (exceptions.length > 0)
      throw new Error(`Exceptions in the browser: ${exceptions.join('; ')}`);
  } finally {
    await browser.close();
  }
}
