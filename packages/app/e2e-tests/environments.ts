import type { Locator, Page } from '@playwright/test';

/** The environments on the overview and on the Deploy tab of an app, without the header of the page. */
export const environmentsOn = (page: Page): Locator =>
  page.getByRole('region', { name: 'Environments', exact: true });
