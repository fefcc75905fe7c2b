import { expectAccessible } from './accessibility';
import { expect, test, type Page } from '@playwright/test';
import { environmentsOn } from './environments';
import { kubectl } from './kubectl';
import { signIn } from './people';
import { picture, pictures } from './picture';
import { createToken, revokeNewest } from './tokens';

const tenant = 'energy-desk';
const app = 'share-prices';

test.describe.configure({ mode: 'serial' });

/** Deletes the tenant and its requests, which a failed attempt leaves behind. */
async function deleteTenant(): Promise<void> {
  const requests = await kubectl(
    ...['get', 'changerequests', '-o'],
    `jsonpath={.items[?(@.spec.target.name=="${tenant}")].metadata.name}`,
  );
  if (requests)
    await kubectl('delete', 'changerequests', ...requests.split(' '));
  if (!(await kubectl('get', 'tenant', tenant, '--ignore-not-found'))) return;
  await kubectl(
    ...['patch', 'tenant', tenant, '--type', 'merge'],
    ...['-p', '{"spec":{"deletionProtection":false}}'],
  );
  await kubectl('delete', 'tenant', tenant);
}

test.describe('the main path in the browser', () => {
  let rita: Page;
  let pia: Page;
  let bea: Page;

  test.beforeAll(async ({ browser }) => {
    await deleteTenant();
    [rita, pia, bea] = await Promise.all(
      ['Rita', 'Pia', 'Bea'].map(person => signIn(browser, person)),
    );
  });

  test('Rita requests a tenant after a preview', async () => {
    await rita.goto('/tenants/-/new');
    await rita.getByLabel('Title').fill('Energy desk');
    await expect(rita.getByRole('textbox', { name: 'Name' })).toHaveValue(
      tenant,
    );
    await rita.getByLabel('Purpose').fill('Prices for the energy report.');
    await rita.getByRole('radio', { name: 'Small' }).check();
    await rita.getByLabel('Add a member').fill('user:default/bea');
    await rita.getByRole('option', { name: 'Bea Builder' }).click();
    await rita.getByRole('button', { name: 'Role of Bea Builder' }).click();
    await rita.getByRole('option', { name: 'builder' }).click();
    await rita
      .getByRole('textbox', { name: 'Reason' })
      .fill('The report is due every month.');
    await expect(
      rita.getByText(`${tenant}--home, ${tenant}--dev`),
    ).toBeVisible();
    await rita.getByRole('button', { name: 'Send request' }).click();
    await expect(
      rita.getByRole('link', { name: 'New tenant Energy desk' }),
    ).toBeVisible();
  });

  test('the address of the tenant leads to the request while it waits', async () => {
    await rita.goto(`/tenants/${tenant}`);
    await rita.getByRole('button', { name: 'View request' }).click();
    await expect(
      rita.getByRole('dialog', { name: 'New tenant Energy desk' }),
    ).toBeVisible();
  });

  test('refuses a bad name while Rita types, in the words of the API server', async () => {
    await rita.goto('/tenants/-/new');
    await rita.getByRole('textbox', { name: 'Name' }).fill('kube-prices');
    await expect(
      rita.getByText(/start with kube, openshift, bailiwick or system/),
    ).toBeVisible();
    await rita.getByRole('textbox', { name: 'Name' }).fill('a--b');
    await expect(rita.getByText(/must not contain "--"/)).toBeVisible();
    await expect(
      rita.getByRole('button', { name: 'Send request' }),
    ).toBeDisabled();
  });

  test('refuses a name that a tenant or a request has', async () => {
    await rita.goto('/tenants/-/new');
    // The draft was kept; an empty name follows the title again.
    await rita.getByRole('textbox', { name: 'Name' }).fill('');
    await rita.getByLabel('Title').fill('Rates desk');
    await expect(
      rita.getByText('Tenant "rates-desk" already exists'),
    ).toBeVisible();
    await rita.getByLabel('Title').fill('Energy desk');
    await expect(
      rita.getByText(`A request for a tenant "${tenant}" is already pending`),
    ).toBeVisible();
  });

  test('Pia approves it with a reason', async () => {
    await pia.goto('/requests');
    await pia.getByRole('link', { name: 'New tenant Energy desk' }).click();
    await expect(
      pia.getByText(/plan Small: 2\sCPU, 4\sGiB\smemory/),
    ).toBeVisible();
    await pictures(pia, 'request', pia.getByText('Owner’s tenants'));
    await pia.getByLabel('Your reason').fill('Within the limits of the plan.');
    await pia.getByRole('button', { name: 'Approve' }).click();
    await expect(pia.getByText(/Approved by Pia Platform/)).toBeVisible();
  });

  test('the tenant gets ready before the eyes of Rita, without a reload', async () => {
    await rita.goto(`/tenants/${tenant}`);
    await expect(
      rita.getByRole('heading', { name: 'Energy desk' }),
    ).toBeVisible();
    await expect(rita.getByText('0 of 5')).toBeVisible({ timeout: 120_000 });
    await pictures(rita, 'tenant', rita.getByText('0 of 5'));
  });

  test('Bea creates an app from a template', async () => {
    await bea.goto('/create');
    await bea.getByRole('button', { name: 'Use template Price feed' }).click();
    await bea.getByLabel('Tenant and environment').click();
    await bea.getByRole('option', { name: 'Energy desk · dev' }).click();
    await bea.getByRole('textbox', { name: 'Title' }).fill('Share prices');
    await expect(bea.getByRole('textbox', { name: 'Name' })).toHaveValue(app);
    await bea.getByRole('checkbox', { name: 'IBM' }).check();
    await picture(bea, 'template-answers-light');
    await bea.getByLabel('First month').fill('2000-1');
    await expect(
      bea.getByText(/must have a format such as 2009-12/),
    ).toBeVisible();
    await bea.getByLabel('First month').fill('2000-01');
    await bea.getByLabel('Last month').fill('1999-12');
    await bea.getByRole('button', { name: 'Next' }).click();
    await expect(
      bea.getByText(/must not be before First month, 2000-01/).first(),
    ).toBeVisible();
    // Backstage's form reverts input until it has validated the answers.
    await expect(bea.getByRole('button', { name: 'Next' })).toBeEnabled();
    await bea.getByLabel('Last month').fill('');
    await bea.getByRole('button', { name: 'Next' }).click();
    await expect(bea.getByText(/^All checks passed/)).toBeVisible();
    await expect(
      bea.getByText('0 of 5 used; this app needs 1 more'),
    ).toBeVisible();
    await bea
      .getByRole('button', { name: 'functions.py', exact: true })
      .click();
    await expect(bea.getByText('def prices(')).toBeVisible();
    await expectAccessible(bea);
    await picture(bea, 'template-preflight-light');
  });

  test('a form that Bea left and reopened keeps her input', async () => {
    const address = bea.url();
    await bea.goto('/apps');
    await bea.goto(address);
    await expect(bea.getByRole('textbox', { name: 'Title' })).toHaveValue(
      'Share prices',
    );
    await expect(bea.getByRole('checkbox', { name: 'IBM' })).toBeChecked();
    await bea.getByRole('button', { name: 'Next' }).click();
    await expect(bea.getByText(/^All checks passed/)).toBeVisible();
    await bea.getByRole('button', { name: 'Back' }).click();
    await expect(bea.getByLabel('First month')).toHaveValue('2000-01');
    await bea.getByRole('button', { name: 'Next' }).click();
  });

  test('the reviewed app is created', async () => {
    await expect(bea.getByText(/^All checks passed/)).toBeVisible();
    await bea.getByRole('button', { name: 'Review' }).click();
    await expect(bea.getByText('Energy desk · dev')).toBeVisible();
    await picture(bea, 'template-review-light');
    await bea.getByRole('button', { name: 'Create' }).click();
    await bea
      .getByRole('link', { name: 'Open app' })
      .click({ timeout: 60_000 });
    await bea.waitForURL(`**/catalog/${tenant}/component/${app}`);
    await bea.getByRole('link', { name: 'Deploy' }).click();
  });

  test('the Deploy tab follows the app until it is healthy, and shows a log', async () => {
    await expect(environmentsOn(bea).getByText('Healthy')).toBeVisible({
      timeout: 120_000,
    });
    await expect(bea.getByText('1 of 1 ready')).toBeVisible();
    await bea
      .getByRole('button', { name: /^Log of share-prices/ })
      .first()
      .click();
    await expect(bea.getByRole('log')).toContainText(/\S/, {
      timeout: 30_000,
    });
    await picture(bea, 'log-light');
  });

  test('the Kubernetes tab shows the same pod', async () => {
    await bea.goto(`/catalog/${tenant}/component/${app}/kubernetes`);
    await expect(bea.getByText('1 pod', { exact: true }).first()).toBeVisible();
    await pictures(bea, 'kubernetes', bea.getByText('No pods with errors'));
  });

  test('the overview shows the app’s state and the next step', async () => {
    await bea.goto(`/catalog/${tenant}/component/${app}`);
    await expect(
      bea.getByText('Environments', { exact: true }).first(),
    ).toBeVisible();
    await expect(environmentsOn(bea).getByText('Healthy')).toBeVisible();
    await expect(bea.getByText('Consumed APIs')).toBeHidden();
    await pictures(bea, 'overview', environmentsOn(bea).getByText('Healthy'));
    await bea.getByRole('button', { name: 'Get data' }).first().click();
    await bea.waitForURL('**/get-data');
  });

  test('Bea creates a git token, sees it listed and revokes it', async () => {
    await bea.goto(`/catalog/${tenant}/component/${app}/get-data`);
    await bea.getByRole('button', { name: 'Create git token' }).click();
    await expect(bea.getByText(/git access/)).toBeVisible();
    await expect(bea.getByText(/\(in 90 days\)/)).toBeVisible();
    await revokeNewest(bea);
    await expect(bea.getByText('No tokens yet.')).toBeVisible();
  });

  test('Bea adds a function in the portal, and it is served', async () => {
    await bea.goto(`/catalog/${tenant}/component/${app}`);
    await bea.getByRole('button', { name: 'Edit code' }).click();
    const code = bea.getByRole('textbox', { name: 'functions.py' });
    await code.click();
    await bea.keyboard.press('Control+End');
    await bea.keyboard.insertText(
      '\n\ndef answer() -> int:\n    """Return the answer."""\n    return 42\n',
    );
    await expect(bea.getByText('changed', { exact: true })).toBeVisible();
    await bea.reload();
    await bea.getByLabel('Compare with').click();
    await bea.getByRole('option', { name: /^Newest commit/ }).click();
    await expect(bea.getByText('1 difference')).toBeVisible();
    await bea.getByRole('button', { name: 'Next difference' }).click();
    await expect(code).toBeFocused();
    await expect(code).toContainText('return 42');
    await pictures(bea, 'code', code);
    await tryEdited(bea);
    await bea.getByRole('button', { name: 'Run tests' }).click();
    await expect(bea.getByText(/^\d+ tests passed in/)).toBeVisible();
    await bea.getByLabel('Commit message').fill('Add the answer');
    await expectAccessible(bea);
    await bea.getByRole('button', { name: 'Commit 1 file to main' }).click();
    await expect(bea.getByText(/^Committed [0-9a-f]{7}\./)).toBeVisible();
    await bea.goto(`/catalog/${tenant}/component/${app}/get-data`);
    await expect(bea.getByText('Return the answer.')).toBeVisible({
      timeout: 60_000,
    });
  });

  test('Bea creates a token and reads the rows with it', async ({
    request,
  }) => {
    await bea.goto(`/catalog/${tenant}/component/${app}/get-data`);
    const token = await createToken(bea);
    const address = `${process.env.BAILIWICK_GATEWAY_URL}/v1/${tenant}/dev/${app}/prices?symbols=IBM`;
    const authorization = `Basic ${Buffer.from(`bea:${token}`).toString(
      'base64',
    )}`;
    const answer = await request.get(address, { headers: { authorization } });
    expect(answer.status()).toBe(200);
    expect((await answer.json()).rows[0]).toMatchObject({
      symbol: 'IBM',
      date: '2000-01-01',
    });

    await revokeNewest(bea);
    await expect
      .poll(async () =>
        (await request.get(address, { headers: { authorization } })).status(),
      )
      .toBe(401);
  });
});

/** Tries the edited code: its new function, a mistake and a function of the template. */
async function tryEdited(page: Page): Promise<void> {
  const code = page.getByRole('textbox', { name: 'functions.py' });
  const chosen = page.getByRole('button', { name: /^Function / });
  const choose = async (name: string) => {
    await chosen.click();
    await page.getByRole('option', { name }).click();
  };
  await completed(page);
  await expect(page.getByText(/^The code loads\. prices takes/)).toBeVisible();
  await page.getByRole('button', { name: 'Try prices' }).click();
  await expect(page.getByText(/^First 100 of \d+ rows with/)).toBeVisible();
  await choose('answer');
  await page.getByRole('button', { name: 'Try answer' }).click();
  await expect(
    page.getByText(/^Result with the settings of dev/),
  ).toBeVisible();
  await code.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('retrn 1\n');
  await expect(page.getByText(/^The code has changed since/)).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/, line \d+: .*SyntaxError/)).toBeVisible();
  await expect(
    code.locator('.cm-lintRange-error', { hasText: /^retrn 1$/ }),
  ).toBeVisible();
  await code.click();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+Enter');
  await expect(
    page.getByText(/^Result with the settings of dev/),
  ).toBeVisible();
}

/** The editor completes names of libraries, and marks a wrong type. */
async function completed(page: Page): Promise<void> {
  await expect(page.getByText(/, and F8 goes to the next problem/)).toBeVisible(
    { timeout: 60_000 },
  );
  const code = page.getByRole('textbox', { name: 'functions.py' });
  const added = '\n\ndef wrong() -> int:\n    return pd.DataFrame().gro';
  await code.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(added);
  await page.keyboard.type('u');
  // The language server first reads the types of pandas.
  const completion = page.getByRole('option', { name: /^groupby/ });
  await completion.click({ timeout: 60_000 });
  await expect(code.getByText('return pd.DataFrame().groupby')).toBeVisible();
  await expect(code.locator('.cm-lintRange-warning')).toHaveText(
    'pd.DataFrame().groupby',
  );
  await expect(
    page.getByText(/: wrong cannot be served: it has no docstring/),
  ).toBeVisible();
  // The first press may go to the other problem.
  await expect(async () => {
    await page.keyboard.press('F8');
    await expect(
      page
        .getByText(/^Type ".*" is not assignable to return type "int"/)
        .first(),
    ).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press('Escape');
  for (let undo = 0; undo < 10; undo += 1)
    if (await code.getByText('wrong').isVisible())
      await page.keyboard.press('Control+z');
  await expect(code.getByText('wrong')).toBeHidden();
}
