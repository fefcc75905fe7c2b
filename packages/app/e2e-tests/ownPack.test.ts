import { expect, test } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentsOn } from './environments';
import { kubectl } from './kubectl';
import { signIn } from './people';
import { createToken } from './tokens';

// A domain that is unknown to the code, made only from files.
const pack = 'plant-care';
const tenant = 'rates-desk';
const app = 'garden-stock';

test.describe('a pack of one’s own', () => {
  let folder: string;
  test.beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'own-pack-'));
  });
  test.afterAll(async () => {
    rmSync(folder, { recursive: true });
    await kubectl('delete', 'app', app, '-n', `${tenant}--home`);
    await kubectl('delete', 'domainpack', pack);
  });

  function bailiwick(...args: string[]) {
    return execFileSync(
      process.execPath,
      [join(__dirname, '../../../scripts/run.mjs'), 'pack', ...args],
      { encoding: 'utf8', timeout: 60_000 },
    );
  }

  test('leads from an empty folder to rows', async ({ browser, request }) => {
    test.setTimeout(180_000);
    const bea = await signIn(browser, 'Bea');
    await bea.goto('/create');
    await expect(bea.getByText('Price feed')).toBeVisible();
    bailiwick('init', join(folder, pack));
    bailiwick(
      'apply',
      join(folder, pack),
      '--kubeconfig',
      process.env.BAILIWICK_ADMIN_KUBECONFIG!,
    );
    const card = bea
      .locator('[class*="MuiCard-root"]')
      .filter({ hasText: 'Items of one kind with their amounts' });
    await expect(async () => {
      await bea.goto('/create');
      await expect(card).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 60_000 });
    await card.getByRole('button', { name: /^Use template/ }).click();
    await bea.getByLabel('Tenant and environment').click();
    await bea.getByRole('option', { name: 'Rates desk · dev' }).click();
    await bea.getByRole('textbox', { name: 'Title' }).fill('Garden stock');
    await bea.getByLabel('Kind').click();
    await bea.getByRole('option', { name: 'vegetable' }).click();
    await bea.getByRole('button', { name: 'Next' }).click();
    await expect(bea.getByText(/^All checks passed/)).toBeVisible();
    await bea.getByRole('button', { name: 'Review' }).click();
    await bea.getByRole('button', { name: 'Create' }).click();
    await bea
      .getByRole('link', { name: 'Open app' })
      .click({ timeout: 60_000 });
    await bea.getByRole('link', { name: 'Deploy' }).click();
    await expect(environmentsOn(bea).getByText('Healthy')).toBeVisible({
      timeout: 120_000,
    });

    await bea.goto(`/catalog/${tenant}/component/${app}/get-data`);
    const token = await createToken(bea);
    const answer = await request.get(
      `${process.env.BAILIWICK_GATEWAY_URL}/v1/${tenant}/dev/${app}/things?least=10`,
      {
        headers: {
          authorization: `Basic ${Buffer.from(`bea:${token}`).toString(
            'base64',
          )}`,
        },
      },
    );
    expect((await answer.json()).rows).toEqual([
      { item: 'carrot', amount: 40 },
    ]);
  });
});
