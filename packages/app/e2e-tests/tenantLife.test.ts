import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { apply, kubectl } from './kubectl';
import { signIn } from './people';
import { runPod } from './pods';

// The tenant of the main path: changed, enlarged, ended.
const tenant = 'energy-desk';
const environment = `${tenant}--dev`;

/** A larger plan, given at once to who fills the one before: real use, without the wait for a week. */
const roomy = {
  apiVersion: 'bailiwick.dev/v1alpha1',
  kind: 'Plan',
  metadata: { name: 'roomy' },
  spec: {
    title: 'Roomy',
    description: 'For those who have filled a medium one.',
    order: 30,
    perEnvironment: {
      cpu: '8',
      memory: '16Gi',
      storage: '200Gi',
      apps: 40,
      pods: 100,
      defaultContainer: { cpu: '100m', memory: '128Mi' },
      maxContainer: { cpu: '4', memory: '8Gi' },
    },
    environments: { max: 5, names: ['dev', 'test', 'prod'] },
    approval: {
      rules: [
        {
          when: "request.action == 'changePlan' && request.from.name == 'medium' && evidence.usedRatio > 0.8",
          verdict: 'approve',
          reason: 'More than 80% is used now.',
        },
      ],
      deciders: ['group:default/platform'],
    },
  },
};

test.describe('the life of a tenant in the browser', () => {
  test.describe.configure({ mode: 'serial' });
  let rita: Page;
  let pia: Page;

  test.beforeAll(async ({ browser }) => {
    [rita, pia] = await Promise.all(
      ['Rita', 'Pia'].map(person => signIn(browser, person)),
    );
  });

  test.afterAll(() => kubectl('delete', 'plan', 'roomy', '--ignore-not-found'));

  /** Enters the reason, and sends the request of a dialog. */
  async function send(
    name: string,
    reason: string,
    outcome = /is pending approval/,
  ) {
    const dialog = rita.getByRole('dialog');
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name }).click();
    await expect(dialog.getByText(outcome)).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).click();
  }

  async function approve(request: string, reason: string) {
    await pia.goto('/requests');
    await pia.getByRole('link', { name: request }).first().click();
    await pia.getByLabel('Your reason').fill(reason);
    await pia.getByRole('button', { name: 'Approve' }).click();
    await expect(pia.getByText(/Approved by Pia Platform/)).toBeVisible();
  }

  test('Rita adds Tom, a rule agrees, and he is in without a reload', async () => {
    await rita.goto(`/tenants/${tenant}/members`);
    await rita.getByRole('button', { name: 'Change members' }).click();
    await rita.getByLabel('Add a member').fill('user:default/tom');
    await rita.getByRole('option', { name: /Tom/ }).click();
    await expect(rita.getByText(/new, viewer/)).toBeVisible();
    await send('Send request', 'Tom reads the report.', /is completed/);
    await expect(rita.getByRole('link', { name: /Tom/ })).toBeVisible();
  });

  test('no one decides their own request', async () => {
    await rita.goto(`/tenants/${tenant}/quota`);
    await rita.getByRole('button', { name: 'Change plan' }).click();
    await rita.getByRole('radio', { name: 'Medium' }).check();
    await send('Send request', 'The report has grown.');
    await rita.goto(`/tenants/${tenant}/requests`);
    await rita
      .getByRole('link', { name: 'Change plan of Energy desk' })
      .click();
    await expect(rita.getByRole('button', { name: 'Approve' })).toBeHidden();
    await expect(rita.getByRole('button', { name: 'Withdraw' })).toBeVisible();
  });

  test('Pia requests changes, and Rita edits the request', async () => {
    const request = 'Change plan of Energy desk';
    await pia.goto('/requests');
    await pia.getByRole('link', { name: request }).first().click();
    await pia
      .getByRole('textbox', { name: 'Comment' })
      .fill('Say how much it has grown.');
    await pia.getByRole('button', { name: 'Request changes' }).click();
    await rita.goto('/requests');
    await rita.getByRole('link', { name: request }).first().click();
    await expectAccessible(rita);
    await rita.getByRole('button', { name: 'Edit and resubmit' }).click();
    await expect(
      rita.getByText(/Pia Platform requested changes: “Say how much/),
    ).toBeVisible();
    const dialog = rita.getByRole('dialog');
    await expect(dialog.getByRole('radio', { name: 'Medium' })).toBeChecked();
    await expect(dialog.getByLabel('Reason')).toHaveValue(
      'The report has grown.',
    );
    await send('Send request', 'The report has grown twofold.');
    await rita.goto(`/tenants/${tenant}/requests`);
    await rita.getByRole('link', { name: request }).first().click();
    await rita
      .getByText(/^Replaces/)
      .getByRole('link')
      .click();
    await expect(rita.getByText(/withdrew the request/)).toBeVisible();
    await expect(rita.getByText(/^Replaced by/)).toBeVisible();
  });

  test('Pia approves the plan, and there is more room at once', async () => {
    await approve('Change plan of Energy desk', 'There is room.');
    await rita.goto(`/tenants/${tenant}/quota`);
    await expect(rita.getByText(/Plan Medium/)).toBeVisible();
    await expect(rita.getByText(/of 8\s/).first()).toBeVisible();
  });

  test('the audit shows requester and approver, with values before and after', async () => {
    await rita.goto(`/tenants/${tenant}/audit`);
    const audit = rita.getByRole('list', { name: 'Audit' });
    // Of the first request, and of the one that replaced it.
    await expect(audit.getByText('small → medium')).toHaveCount(2);
    await expect(audit.getByText('“There is room.”')).toBeVisible();
    await expect(audit.getByText('“The report has grown.”')).toBeVisible();
    await expect(
      audit.getByText('“The report has grown twofold.”'),
    ).toBeVisible();
  });

  test('a plan that is full leads to the next one at once', async () => {
    await apply(roomy);
    await rita.goto(`/tenants/${tenant}/quota`);
    await rita.getByRole('button', { name: 'Change plan' }).click();
    await rita.getByRole('radio', { name: 'Roomy' }).check();
    await runPod(
      environment,
      'large',
      ['one', 'two'].map(name => ({
        name,
        code: 'import threading; threading.Event().wait(600)',
        memory: '3400Mi',
      })),
    );
    await expect(rita.getByText(/\(8\d%\)/).first()).toBeVisible();
    await send('Send request', 'It is full.', /is completed/);
    await expect(rita.getByText(/Plan Roomy/)).toBeVisible();
    await kubectl('delete', 'pod', '-n', environment, 'large');
    await rita.goto(`/tenants/${tenant}/audit`);
    const audit = rita.getByRole('list', { name: 'Audit' });
    await expect(audit.getByText('medium → roomy')).toBeVisible();
    await expect(audit.getByText('“More than 80% is used now.”')).toBeVisible();
  });

  test('Rita ends it by its name, and nothing of it is left', async () => {
    await rita.goto(`/tenants/${tenant}`);
    await rita.getByRole('button', { name: 'Delete tenant' }).click();
    const dialog = rita.getByRole('dialog');
    await expect(dialog.getByText(`namespace ${tenant}--dev`)).toBeVisible();
    await dialog.getByLabel(/^Continue without an archive/).check();
    await dialog.getByLabel(`Type ${tenant} to confirm`).fill(tenant);
    await send('Request deletion', 'The report is not needed any more.');
    await approve('Delete Energy desk', 'Agreed.');
    // It is deleted while Pia watches; the request lists the deleted objects.
    await expect(pia.getByText('Remaining', { exact: true })).toBeVisible();
    await expect(pia.getByText('nothing', { exact: true })).toBeVisible({
      timeout: 120_000,
    });
    await rita.goto('/tenants');
    await expect(rita.getByRole('link', { name: 'Rates desk' })).toBeVisible();
    await expect(rita.getByRole('link', { name: 'Energy desk' })).toBeHidden();
  });
});
