import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { environmentsOn } from './environments';
import { kubectl } from './kubectl';
import { giveTenant, push } from './operated';
import { signIn } from './people';
import { pictures } from './picture';

// Bea pushes code that crashes, reads the problem and the remedy, and corrects it.
const tenant = 'ailing-desk';
const app = 'ailing';
const deploy = `/catalog/${tenant}/component/${app}/deploy`;
const crash =
  'The app exited right after start (exit code 3): The price list is missing';
const crashing = `import os
import sys

print("The price list is missing", file=sys.stderr)
sys.stderr.flush()
os._exit(3)
`;
const corrected = `def answer() -> float:
    """The answer."""
    return 42.0
`;

test.describe.serial('an app that is not well', () => {
  let bea: Page;

  test.beforeAll(async ({ browser }) => {
    await giveTenant(tenant, app, [
      { subject: 'user:default/bea', role: 'builder' },
    ]);
    bea = await signIn(browser, 'Bea');
    await expect(async () => {
      await bea.goto(deploy);
      await expect(
        environmentsOn(bea).getByText('Healthy', { exact: true }),
      ).toHaveCount(2, {
        timeout: 10_000,
      });
    }).toPass({ timeout: 150_000 });
  });
  test.afterAll(async () => {
    await kubectl('delete', 'tenant', tenant, '--ignore-not-found');
  });

  const said = (text: string) =>
    bea.getByRole('status').filter({ hasText: text });

  test('explains why new code does not run, with the next step, while the older code responds', async () => {
    await push(tenant, app, 'bad0c0d', crashing);
    await expect(said(`Older pods are still ready. ${crash}`)).toBeVisible();
    await expect(
      environmentsOn(bea).getByText('Degraded', { exact: true }),
    ).toBeVisible();
    await expect(
      bea.getByText('Next: Check the log, correct the code and push.'),
    ).toBeVisible();
    await expectAccessible(bea);
    await pictures(bea, 'health', said(crash));
  });

  test('shows the same on the overview of all apps', async () => {
    await bea.goto(`/apps?q=${tenant}`);
    await expect(
      bea.getByRole('button', { name: 'Degraded (1)' }),
    ).toBeVisible();
    await expect(bea.getByText(crash).first()).toBeVisible();
  });

  test('is well within seconds of its correction', async () => {
    await bea.goto(deploy);
    await push(tenant, app, 'c0ffee1', corrected);
    await expect(
      environmentsOn(bea).getByText('Healthy', { exact: true }),
    ).toHaveCount(2);
    await expect(said(crash)).toHaveCount(0);
  });
});
