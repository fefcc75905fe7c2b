import { defineConfig } from '@playwright/test';

/** Tests with a tenant of their own; they change nothing that other tests look at. */
const ownTenants =
  /(catalog|clusters|health|mainPath|newcomer|pods|reachability|rights|tenantLife|tenantNetwork)\.test\.ts$/;

/** These also have their own tenant, and wait most of the time. */
const workspaces = /workspaces\.test\.ts$/;

/**
 * Browser tests against a running Bailiwick; `npm test -- e2e` starts one and passes its
 * addresses. Chromium is the machine's own: nothing is downloaded. The tests that share the demo's tenant run one after
 * the other, beside those with tenants of their own.
 */
export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  outputDir: 'reports/browser',
  timeout: 240_000,
  expect: { timeout: 20_000 },
  workers: 3,
  fullyParallel: false,
  projects: [
    {
      name: 'demo tenant',
      testIgnore: [ownTenants, workspaces],
      workers: 1,
    },
    { name: 'own tenants', testMatch: ownTenants, workers: 1 },
    { name: 'workspaces', testMatch: workspaces, workers: 1 },
  ],
  reporter: [
    ['list'],
    [
      'junit',
      {
        outputFile:
          process.env.PLAYWRIGHT_JUNIT_OUTPUT_FILE ?? 'reports/browser.xml',
      },
    ],
  ],
  use: {
    baseURL: process.env.BAILIWICK_PORTAL_URL ?? 'http://localhost:7007',
    viewport: { width: 1280, height: 900 },
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
