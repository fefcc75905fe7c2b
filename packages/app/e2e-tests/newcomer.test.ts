import { expect, test, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expectAccessible } from './accessibility';
import { Animation } from './Animation';
import { ClickCounter } from './ClickCounter';
import { environmentsOn } from './environments';
import { tabTo } from './keyboard';
import { signIn } from './people';
import { picture, pictures } from './picture';
import { changeRelease, publishRelease, requestRelease } from './releases';
import { createToken } from './tokens';

// Nora belongs to no tenant: from the home page to one of her own, and back to none.
const tenant = 'risk-lab';
const gatewayUrl = process.env.BAILIWICK_GATEWAY_URL;
const animationFile = join(
  __dirname,
  '../../../plugins/bailiwick/src/components/HomePage/firstRows.webp',
);

const ownFunction = `

class Limit(TypedDict):
    """One share."""

    symbol: Annotated[Symbol, Key]
    limit: Annotated[Money, Column("Highest price", unit="USD")]


def limits() -> Table[Limit]:
    """Limits of the lab."""
    return [{"symbol": "IBM", "limit": 100.0}]
`;

test.describe('a new person in the browser', () => {
  test.describe.configure({ mode: 'serial' });
  const counter = new ClickCounter();
  const animation = new Animation(animationFile);
  let clicksToTenant = 0;
  let millisecondsToTenant = 0;
  let clicksToRows = 0;
  let millisecondsToRows = 0;
  const from = Date.now();
  let nora: Page;
  let pia: Page;

  test.beforeAll(async ({ browser }) => {
    [nora, pia] = await Promise.all([
      signIn(browser, 'Nora', { counter }),
      signIn(browser, 'Pia'),
    ]);
  });

  const button = (name: string) => nora.getByRole('button', { name });

  test('finds the next step on the home page', async () => {
    await expect(
      nora.getByRole('heading', { name: 'Request your first tenant' }),
    ).toBeVisible();
    await expect(nora.getByText(/user:default/)).toHaveCount(0);
    await expect(nora.getByText('Steps to your first rows')).toBeVisible();
    await expectAccessible(nora);
    await pictures(
      nora,
      'home-first',
      nora.getByRole('heading', { name: 'Request your first tenant' }),
    );
  });

  test('is led on by pages that are empty', async () => {
    await nora.goto('/tenants');
    await expect(button('Request a tenant')).toBeVisible();
    await nora.goto('/apps');
    await expect(button('Request a tenant')).toBeVisible();
    await nora.goto('/requests');
    await expect(button('Request a tenant')).toBeVisible();
    await expectAccessible(nora);
  });

  test('fills in the form, and sees a preview with the deciding rule', async () => {
    await nora.goto('/');
    await animation.add(
      nora.getByRole('heading', { name: 'Request your first tenant' }),
    );
    await button('Request a tenant').click();
    await nora.getByLabel('Title').fill('Risk lab');
    await nora.getByLabel('Purpose').fill('Tries out models of risk.');
    await expect(nora.getByText(/^Available/)).toBeVisible();
    await nora.getByLabel('Cost center').fill('4711');
    await nora
      .getByRole('textbox', { name: 'Reason' })
      .fill('We have an idea.');
    await expect(nora.getByText('To complete: plan')).toBeVisible();
    await expect(button('Send request')).toBeDisabled();
    await nora.getByRole('radio', { name: 'Sandbox' }).check();
    await expect(
      nora.getByRole('status').getByText('€28.24 a month'),
    ).toBeVisible();
    await expect(
      nora.getByText(`${tenant}--home, ${tenant}--dev`),
    ).toBeVisible();
    await expect(
      nora.getByText(/^rule 1 of the plan, which immediately approves/),
    ).toBeVisible();
    await expect(nora.getByText(/You can send the request/)).toBeVisible();
    await expectAccessible(nora);
    await picture(nora, 'request-tenant-check-light');
    await animation.add(button('Send request'), 3);
  });

  test('has a tenant seconds after the click', async () => {
    const sentAt = Date.now();
    await button('Send request').click();
    await expect(
      nora.getByRole('heading', { name: 'Risk lab', exact: true }),
    ).toBeVisible();
    await expect(
      nora.getByText('Healthy', { exact: true }).first(),
    ).toBeVisible();
    const seconds = ((Date.now() - sentAt) / 1000).toFixed(1);
    const told = `${seconds} s from Send to a tenant that can be used`;
    test.info().annotations.push({ type: 'measured', description: told });
    process.stdout.write(`${told}\n`);
    await expect(nora.getByText('0 of 2')).toBeVisible();
    await expect(button('Pick a template')).toBeEnabled();
    await animation.add(
      nora.getByRole('heading', { name: 'Risk lab' }).first(),
    );
    millisecondsToTenant = Date.now() - from;
    clicksToTenant = counter.report('new builder, from sign-in to a tenant');
  });

  test('can read gray text after a change of the theme', async () => {
    await nora.emulateMedia({ colorScheme: 'dark' });
    const grey = nora.getByText('0 of 2');
    await expect(
      nora.locator('[data-theme-mode="dark"]').first(),
    ).toBeVisible();
    await expect(grey).toBeVisible();
    await nora.emulateMedia({ colorScheme: 'light' });
    await expect(
      nora.locator('[data-theme-mode="light"]').first(),
    ).toBeVisible();
    await expect(grey).toBeVisible();
    await expectAccessible(nora);
  });

  test('adds a member with the keyboard alone', async () => {
    await nora.goto(`/tenants/${tenant}/members`);
    const opener = button('Change members');
    await opener.waitFor();
    await tabTo(nora, opener);
    await nora.keyboard.press('Enter');
    const dialog = nora.getByRole('dialog', { name: 'Members of Risk lab' });
    await expect(dialog).toBeVisible();
    await expectAccessible(nora);
    await tabTo(nora, dialog.getByLabel('Add a member'));
    await nora.keyboard.type('bea');
    await nora
      .getByRole('option', { name: 'Bea Builder' })
      .waitFor({ state: 'visible' });
    await nora.keyboard.press('ArrowDown');
    await nora.keyboard.press('Enter');
    await tabTo(nora, dialog.getByLabel('Reason'));
    await nora.keyboard.type('She writes the code.');
    await tabTo(nora, dialog.getByRole('button', { name: /^Send/ }));
    await nora.keyboard.press('Enter');
    await expect(dialog.getByText(/is completed/)).toBeVisible();
    await nora.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(opener).toBeFocused();
    await expect(nora.getByRole('link', { name: 'Bea Builder' })).toBeVisible();
  });

  test('reads in the audit that a rule decided', async () => {
    await nora.goto(`/tenants/${tenant}/audit`);
    const audit = nora.getByRole('list', { name: 'Audit' });
    await expect(
      audit.getByText(/^Approved by a plan rule/).first(),
    ).toBeVisible();
    await expect(audit.getByText('“We have an idea.”')).toBeVisible();
    await expectAccessible(nora);
  });

  test('sees rows of an app from a template, at most 12 clicks after the sign-in page', async () => {
    await nora.goto(`/tenants/${tenant}`);
    const before = counter.clicks;
    const startedAt = Date.now() - millisecondsToTenant;
    await button('Pick a template').click();
    const use = nora.getByRole('button', { name: 'Use template Price feed' });
    await use.waitFor();
    await animation.add(use);
    await use.click();
    await expect(nora.getByText('Risk lab · dev')).toBeVisible();
    await nora.getByRole('textbox', { name: 'Title' }).fill('Risk prices');
    await nora.getByRole('checkbox', { name: 'IBM' }).check();
    await animation.add(nora.getByRole('checkbox', { name: 'IBM' }), 3);
    await nora.getByRole('button', { name: 'Next' }).click();
    await nora.getByRole('button', { name: 'Review' }).click();
    await nora.getByRole('button', { name: 'Create' }).click();
    await nora
      .getByRole('link', { name: 'Open app' })
      .click({ timeout: 60_000 });
    const rows = nora.getByRole('table', { name: 'Sample rows of prices' });
    await expect(rows).toBeVisible({ timeout: 120_000 });
    await animation.add(rows, 4);
    animation.write();
    // What she did with members and the audit in between is not part of the way.
    const clicks = clicksToTenant + counter.clicks - before;
    clicksToRows = clicks;
    millisecondsToRows = Date.now() - startedAt;
    expect(
      counter.report('new builder, from sign-in to rows', {
        clicks,
        startedAt,
      }),
    ).toBeLessThanOrEqual(12);
  });

  const deploy = `/catalog/${tenant}/component/risk-prices/deploy?show=history`;
  const releases = () => nora.getByRole('table', { name: 'Releases' });

  test('tries a function of her own, changes a line, and compares the rows', async () => {
    await nora.goto(`/catalog/${tenant}/component/risk-prices`);
    const before = counter.clicks;
    const startedAt = Date.now() - millisecondsToRows;
    await button('Edit code').click();
    const code = nora.getByRole('textbox', { name: 'functions.py' });
    await code.click();
    await nora.keyboard.press('Control+End');
    await nora.keyboard.insertText(ownFunction);
    await nora.getByRole('button', { name: /^Function / }).click();
    await nora.getByRole('option', { name: 'limits' }).click();
    await button('Try limits').click();
    await expect(nora.getByRole('cell', { name: '100' })).toBeVisible();
    const clicks = clicksToRows + counter.clicks - before;
    expect(
      counter.report('new builder, from sign-in to own rows', {
        clicks,
        startedAt,
      }),
    ).toBeLessThanOrEqual(25);
    expect(Date.now() - startedAt).toBeLessThan(10 * 60_000);
    await code.locator('.cm-line', { hasText: '100.0' }).click();
    await nora.keyboard.press('End');
    for (const key of ['ArrowLeft', 'ArrowLeft', 'Backspace', '5'])
      await nora.keyboard.press(key);
    await button('Try limits').click();
    await nora.getByLabel('Compare result with').click();
    await nora.getByRole('option', { name: /limits/ }).click();
    await expect(nora.getByText(/^1 value changed/)).toBeVisible();
    await nora.getByLabel('Commit message').fill('Add limits');
    await button('Commit 1 file to main').click();
    await expect(nora.getByText(/^Committed [0-9a-f]{7}\./)).toBeVisible();
  });

  test('publishes the commit as a code bundle and as an image', async () => {
    await nora.goto(deploy);
    await publishRelease(nora, releases().getByText('Code bundle'));
    await button('Publish as image').click();
    await expect(
      releases().getByRole('cell', { name: 'Image', exact: true }),
    ).toBeVisible({ timeout: 60_000 });
    await expect(button('Publish as image')).toBeHidden();
    await expectAccessible(nora);
  });

  test('deploys both, and rolls back', async () => {
    test.setTimeout(120_000);
    await changeRelease(nora, 'Promote to dev: r1', 'Promote', 'r1');
    await changeRelease(nora, 'Promote to dev: r2', 'Promote', 'r2');
    await changeRelease(nora, 'Roll back dev to r1', 'Roll back', 'r1');
  });

  test('lets a new release get half of the calls, which rolls itself back because they fail', async () => {
    test.setTimeout(240_000);
    await nora.goto(`/catalog/${tenant}/component/risk-prices/get-data`);
    const token = await createToken(nora);
    /** Calls the function one time after another, and returns the statuses. */
    const calls = async (count: number) => {
      const statuses: number[] = [];
      const address = `${gatewayUrl}/v1/${tenant}/dev/risk-prices/limits`;
      const headers = { authorization: `Bearer ${token}` };
      while (statuses.length < count)
        statuses.push((await fetch(address, { headers })).status);
      return statuses;
    };
    await publishFailure();
    await changeRelease(nora, 'Promote to dev: r1', 'Promote', 'r1');
    const dev = environmentsOn(nora);
    await button('Actions in dev').click();
    await nora.getByRole('menuitem', { name: 'Canary releases…' }).click();
    const dialog = nora.getByRole('dialog');
    await dialog.getByLabel('Use canary releases').check();
    await dialog.getByLabel('Percent of the calls').fill('50');
    await expectAccessible(nora, '[role="dialog"]');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();

    await requestRelease(nora, 'Promote to dev: r3', 'Promote');
    await expect(
      dev.getByText(/^The canary r3 gets 50% of the calls; 0 of 0/),
    ).toBeVisible({ timeout: 60_000 });
    await pictures(nora, 'canary', dev.getByText(/^The canary r3/));
    // All calls have the same destination with a probability of 2^-39.
    expect(new Set(await calls(40))).toEqual(new Set([200, 500]));
    await expect(
      dev.getByText(/Release r3 was rolled back: \d+ of \d+ calls failed/),
    ).toBeVisible({ timeout: 60_000 });
    expect(await calls(10)).toEqual(Array(10).fill(200));
  });

  /** Publishes code whose function fails. */
  async function publishFailure() {
    await nora.goto(deploy);
    await button('Follow newest commit').click();
    await nora
      .getByRole('dialog')
      .getByRole('button', { name: 'Follow' })
      .click();
    await nora.goto(`/catalog/${tenant}/component/risk-prices/code`);
    const code = nora.getByRole('textbox', { name: 'functions.py' });
    await code.click();
    await nora.keyboard.press('Control+End');
    await code.locator('.cm-line', { hasText: 'return [{"symbol"' }).click();
    await nora.keyboard.press('Home');
    await nora.keyboard.insertText('raise OSError("no limits")  # ');
    await nora.getByLabel('Commit message').fill('Fail');
    await button('Commit 1 file to main').click();
    await expect(nora.getByText(/^Committed [0-9a-f]{7}\./)).toBeVisible();
    await nora.goto(deploy);
    await publishRelease(nora, releases().getByText('r3', { exact: true }));
  }

  test('saves an archive before the end', async () => {
    await nora.goto(`/tenants/${tenant}`);
    await button('Delete tenant').click();
    const dialog = nora.getByRole('dialog');
    const send = dialog.getByRole('button', { name: 'Request deletion' });
    await dialog.getByLabel(`Type ${tenant} to confirm`).fill(tenant);
    await dialog.getByLabel('Reason').fill('The idea was none.');
    await expect(send).toBeDisabled();
    const [download] = await Promise.all([
      nora.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download archive' }).click(),
    ]);
    const files = execFileSync('tar', ['-tzf', await download.path()], {
      encoding: 'utf8',
    });
    expect(files).toMatch(/README\.txt/);
    await expect(dialog.getByText(/was downloaded, /)).toBeVisible();
    await expectAccessible(nora);
    await picture(nora, 'offboard-light');
    await send.click();
    await expect(dialog.getByText(/is pending approval/)).toBeVisible();
  });

  test('sees the proof of deletion after Pia approves', async () => {
    const told = pia.getByText('Pending your approval: Delete Risk lab');
    await expect(async () => {
      await pia.goto('/notifications');
      await expect(told.first()).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 60_000 });
    await told.first().click();
    await pia.getByLabel('Your reason').fill('Agreed.');
    await pia.getByRole('button', { name: 'Approve' }).click();
    await expect(pia.getByText('nothing', { exact: true })).toBeVisible({
      timeout: 120_000,
    });
    await pictures(
      pia,
      'offboarded',
      pia.getByText('Remaining', { exact: true }),
    );
    await nora.goto(`/tenants/${tenant}`);
    await expect(
      nora.getByText(`Tenant “${tenant}” was deleted`),
    ).toBeVisible();
    await button('View request').click();
    await expect(nora.getByText('nothing', { exact: true })).toBeVisible();
    await nora.goto('/');
    await expect(
      nora.getByRole('heading', { name: 'Request your first tenant' }),
    ).toBeVisible();
  });
});
