import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { environmentsOn } from './environments';
import { kubectl } from './kubectl';
import { giveTenant } from './operated';
import { signIn } from './people';
import { picture } from './picture';

const tenant = 'watch-desk';
const app = 'watched';
const deploy = `/catalog/${tenant}/component/${app}/deploy`;

test.describe.serial('what runs of an app', () => {
  let bea: Page;
  let rita: Page;
  let tom: Page;

  test.beforeAll(async ({ browser }) => {
    await giveTenant(tenant, app, [
      { subject: 'user:default/bea', role: 'builder' },
      { subject: 'user:default/tom', role: 'viewer' },
    ]);
    [bea, rita, tom] = await Promise.all(
      ['Bea', 'Rita', 'Tom'].map(person => signIn(browser, person)),
    );
    await expect(async () => {
      await bea.goto(deploy);
      await expect(
        environmentsOn(bea).getByText('Healthy', { exact: true }),
      ).toHaveCount(2, {
        timeout: 10_000,
      });
    }).toPass({ timeout: 150_000 });
    for (const page of [rita, tom]) await page.goto(deploy);
  });
  test.afterAll(async () => {
    await kubectl('delete', 'tenant', tenant, '--ignore-not-found');
  });

  const log = () => bea.getByRole('log');
  const act = async (page: Page, environment: string, action: string) => {
    await page
      .getByRole('button', { name: `Actions in ${environment}` })
      .click();
    await page.getByRole('menuitem', { name: action, exact: true }).click();
  };
  const tending = (page: Page) => {
    const checks = page.getByRole('list', { name: 'Health checks' }).first();
    return {
      checks,
      confirm: page.getByRole('dialog'),
      panel: page
        .locator('[class*="MuiCard-root"]')
        .filter({ has: checks })
        .first(),
    };
  };
  const show = (page: Page, part: string) =>
    page.getByRole('tab', { name: part }).click();
  const openLog = (page: Page, environment: string) =>
    page
      .getByRole('button', { name: `Log of ${environment}`, exact: true })
      .click();

  test('a log follows a program’s output, and shows all of it as text', async () => {
    await openLog(bea, 'dev');
    await expect(bea).toHaveURL(/show=logs&environment=dev$/);
    await expect(log()).toContainText('tick', { timeout: 30_000 });
    const search = bea.getByLabel('Search in the log');
    await search.fill('red words');
    await expect(log()).toContainText('red words and a bell<U+0007>');
    await expect(log().locator('mark').first()).toHaveText('red words');
    await search.fill('is no picture');
    await expect(log()).toContainText('<img src=x onerror=alert(1)>');
    await expect(log().locator('img')).toHaveCount(0);
    await search.fill('begun');
    await expect(log()).toContainText('INFO begun rows=3');
    await search.fill('more characters');
    // Concurrent output on standard error splits such a long line.
    await expect(bea.getByText(/^1 of \d lines$/)).toBeVisible();
    await search.fill('');
    await expectAccessible(bea);
    await picture(bea, 'log-all');
  });

  test('a scaled app shows all of its pods in one log as they start', async () => {
    await act(bea, 'dev', 'Scale…');
    await bea.getByLabel('Minimum pods').fill('2');
    await bea.getByLabel('Maximum pods').fill('2');
    await expectAccessible(bea, '[role="dialog"]');
    await bea.getByRole('button', { name: 'Scale', exact: true }).click();
    await expect(bea.getByText(/Pod \S+ started\./)).toBeVisible({
      timeout: 60_000,
    });
    await expect(bea.getByText('2 of 2 ready')).toBeVisible({
      timeout: 60_000,
    });
    await expect(async () => {
      // What was searched for before is kept in sight, far from new lines after a while.
      await log().press('End');
      const pods = await log()
        .locator('[title^="watched-"]')
        .evaluateAll(all => all.map(one => one.getAttribute('title')));
      expect(new Set(pods).size).toBe(2);
    }).toPass({ timeout: 30_000 });
    await act(bea, 'dev', 'Scale…');
    await bea.getByLabel('Minimum pods').fill('50');
    await bea.getByLabel('Maximum pods').fill('50');
    await bea.getByRole('button', { name: 'Scale', exact: true }).click();
    await expect(bea.getByText(/Environment dev has quota for/)).toBeVisible();
    await picture(bea, 'scale-refused');
    await bea.getByRole('button', { name: 'Cancel' }).click();
  });

  test('an app shows its health checks and runs its custom actions', async () => {
    const { confirm, checks, panel } = tending(bea);
    await expect(checks).toContainText('The answer is 42.');
    await expect(checks.getByRole('img', { name: 'passed' })).toBeVisible();
    await act(bea, 'dev', 'Set answer…');
    await expect(confirm).toContainText('Readers get another answer at once.');
    await bea.getByLabel('To', { exact: true }).fill('many');
    await expect(confirm).toContainText('Enter a number');
    await bea.getByLabel('To', { exact: true }).fill('41');
    await expectAccessible(bea, '[role="dialog"]');
    await picture(bea, 'verb');
    await bea.getByRole('dialog').getByRole('button', { name: 'Run' }).click();
    await expect(confirm.getByRole('status')).toHaveText(
      'All 2 pods: The answer is 41 now.',
    );
    await bea.getByRole('button', { name: 'Close' }).click();
    // Checks run once a minute.
    await expect(panel).toContainText('Next: Set the answer to 42.', {
      timeout: 90_000,
    });
    await expect(checks.getByRole('img', { name: 'failed' })).toBeVisible();
    await expect(checks).toContainText('The answer is 41.');
    await expectAccessible(bea);
    await picture(bea, 'check-failed');
    await act(bea, 'dev', 'Set answer…');
    await bea.getByRole('dialog').getByRole('button', { name: 'Run' }).click();
    await expect(confirm.getByRole('status')).toContainText('42 now.');
    await bea.getByRole('button', { name: 'Close' }).click();
    await expect(checks.getByRole('img', { name: 'passed' })).toBeVisible({
      timeout: 60_000,
    });

    await tom.getByRole('button', { name: 'Actions in dev' }).click();
    await expect(
      tom.getByRole('menuitem', { name: 'Set answer…' }),
    ).toHaveAttribute('aria-disabled', 'true');
    await tom.keyboard.press('Escape');
  });

  test('a restart replaces the pods one after another', async () => {
    await show(bea, 'Pods');
    const rows = bea.getByRole('table', { name: 'Pods' }).getByRole('row');
    const before = await rows.filter({ hasText: 'dev' }).allInnerTexts();
    await act(bea, 'dev', 'Restart');
    await bea.getByRole('button', { name: 'Restart', exact: true }).click();
    await expect(bea.getByText(/still to be replaced/)).toBeVisible();
    await picture(bea, 'restarting');
    await expect(bea.getByText(/still to be replaced/)).toBeHidden({
      timeout: 120_000,
    });
    await expect(bea.getByText(/Last restarted/)).toBeVisible();
    const names = (texts: string[]) => texts.map(text => text.split(/\s/)[0]);
    const after = await rows.filter({ hasText: 'dev' }).allInnerTexts();
    expect(names(after).filter(name => names(before).includes(name))).toEqual(
      [],
    );
  });

  test('a pause deletes the pods, and resuming creates them again', async () => {
    await act(bea, 'dev', 'Pause');
    await bea.getByRole('button', { name: 'Pause', exact: true }).click();
    await expect(
      environmentsOn(bea).getByText('Suspended', { exact: true }),
    ).toBeVisible({
      timeout: 60_000,
    });
    await expect(
      bea.getByRole('table', { name: 'Pods' }).getByText('dev'),
    ).toHaveCount(0, { timeout: 60_000 });
    await act(bea, 'dev', 'Resume');
    await bea.getByRole('button', { name: 'Resume', exact: true }).click();
    await expect(
      environmentsOn(bea).getByText('Healthy', { exact: true }),
    ).toHaveCount(2, {
      timeout: 120_000,
    });
  });

  test('only owners operate apps in protected environments; others see the reason', async () => {
    for (const [page, environment, why] of [
      [bea, 'prod', 'prod is protected: only owners can do this'],
      [tom, 'dev', 'Only builders and owners of the tenant can do this'],
    ] as const) {
      const actions = page.getByRole('button', {
        name: `Actions in ${environment}`,
      });
      await actions.click();
      await expect(page.getByText(why)).toBeVisible();
      await expect(
        page.getByRole('menuitem', { name: 'Restart' }),
      ).toHaveAttribute('aria-disabled', 'true');
      await expectAccessible(page, '[role="menu"]');
      await page.keyboard.press('Escape');
    }
    await act(rita, 'prod', 'Pause');
    const pause = rita.getByRole('button', { name: 'Pause', exact: true });
    await expect(pause).toBeDisabled();
    await rita.getByLabel(`Type ${app} to confirm`).fill(app);
    await picture(rita, 'pause-protected');
    await pause.click();
    await expect(
      environmentsOn(rita).getByText('Suspended', { exact: true }),
    ).toBeVisible({
      timeout: 60_000,
    });
    await act(rita, 'prod', 'Resume');
    await rita.getByRole('button', { name: 'Resume', exact: true }).click();
    await expect(
      environmentsOn(rita).getByText('Healthy', { exact: true }),
    ).toHaveCount(2, {
      timeout: 120_000,
    });
  });

  const screen = () => bea.locator('.xterm-rows');
  const podIn = (page: Page, environment: string) =>
    page
      .getByRole('table', { name: 'Pods' })
      .getByRole('row')
      .filter({ hasText: environment })
      .first();
  const openTerminal = async () => {
    await show(bea, 'Pods');
    await podIn(bea, 'dev')
      .getByRole('button', { name: /^Terminal in/ })
      .click();
    await expect(bea.getByText('Connected to /bin/sh.')).toBeVisible();
  };
  const setMembers = (members: object[]) =>
    kubectl(
      ...['patch', 'tenant', tenant, '--type=merge', '-p'],
      JSON.stringify({ spec: { members } }),
    );

  test('a terminal runs a builder’s commands, and the keyboard can leave it', async () => {
    await openTerminal();
    await bea.keyboard.type('echo it is $((40 + 2)); whoami\n');
    await expect(screen()).toContainText('it is 42');
    await expectAccessible(bea);
    await picture(bea, 'terminal');
    // What a program prints is text: no title, no clipboard, no link that runs something, no markup.
    const title = await bea.title();
    const escapes = [
      String.raw`\033]0;owned\007`,
      String.raw`\033]52;c;b3duZWQ=\007`,
      String.raw`\033]8;;javascript:alert(1)\007link\033]8;;\007`,
      '<img src=x onerror=alert(1)>',
    ];
    await bea.keyboard.type(`clear; printf '${escapes.join('')}\n'\n`);
    await expect(screen()).toContainText('link<img src=x onerror=alert(1)>');
    await expect(screen().locator('img')).toHaveCount(0);
    expect(await bea.title()).toBe(title);
    // It stays while one looks at something else.
    await show(bea, 'Events');
    await expect(bea.getByRole('list', { name: 'Events' })).toBeVisible();
    await expectAccessible(bea);
    await expect(screen()).toContainText('link<img');
    await screen().click();
    await bea.keyboard.press('Shift+Escape');
    await expect(
      bea.getByRole('button', { name: 'Close terminal' }),
    ).toBeFocused();
    await bea.keyboard.press('Enter');
    await expect(screen()).toHaveCount(0);
  });

  test('the log of the previous run shows the output before a restart', async () => {
    await openTerminal();
    await bea.keyboard.type('kill 1\n');
    await expect(bea.getByText(/^Terminal closed/)).toBeVisible({
      timeout: 60_000,
    });
    await bea.getByRole('button', { name: 'Close terminal' }).click();
    await expect(async () => {
      expect(await podIn(bea, 'dev').innerText()).toMatch(/Ready\s+1/);
    }).toPass({ timeout: 60_000 });
    await podIn(bea, 'dev')
      .getByRole('button', { name: /^Log of/ })
      .click();
    await expect(bea).toHaveURL(/show=logs&environment=dev&pod=watched-/);
    await bea.getByRole('checkbox', { name: 'Previous container' }).check();
    await expect(log()).toContainText('tick', { timeout: 30_000 });
    const followed = bea.getByRole('checkbox', { name: 'Follow' });
    await expect(followed).toBeDisabled();
  });

  test('details show a pod’s history, and metrics its usage', async () => {
    await bea.goBack();
    await podIn(bea, 'dev')
      .getByRole('button', { name: /^Details of/ })
      .click();
    await expectAccessible(bea, '[role="dialog"]');
    await picture(bea, 'pod-details');
    await expect(bea.getByText(/^1 restart\. Last exit:/)).toBeVisible();
    await expect(
      bea.getByText(/^kubectl port-forward -n watch-desk--dev pod/),
    ).toBeVisible();
    await bea.getByRole('button', { name: 'Close the details' }).click();
    await show(bea, 'Metrics');
    await bea.getByRole('img', { name: /^Calls\/min/ }).waitFor();
    const use = bea.getByRole('table', { name: 'Resource usage' });
    await expect(use).toContainText(/\d+\sMiB of \d+\sMiB/);
    await expect(use).toContainText(/\d(\.\d+)? of \d(\.\d+)?\scores?/);
    const memory = /^Memory of the largest pod: \d+\sMiB now/;
    await bea.getByRole('img', { name: memory }).waitFor();
    await bea.getByRole('button', { name: 'Show table' }).click();
    await expectAccessible(bea);
    await picture(bea, 'metrics');
    await bea.getByLabel('Environment', { exact: true }).click();
    await bea.getByRole('option', { name: 'prod' }).click();
    await bea.getByText('Metrics of prod', { exact: true }).waitFor();
    await show(bea, 'Pods');
  });

  test('no one in the tenant has a terminal in a protected environment, and viewers have none', async () => {
    const why = /^No terminal in prod \(.* only platform engineers/;
    for (const page of [bea, rita]) {
      await expect(page.getByText(why)).toBeVisible();
      await expect(
        podIn(page, 'prod').getByRole('button', { name: /^Terminal in/ }),
      ).toBeDisabled();
    }
    const pod = podIn(tom, 'dev');
    await expect(pod.getByRole('button', { name: /^Log of/ })).toBeVisible();
    await expect(pod.getByRole('button', { name: /^Terminal/ })).toBeHidden();
    await expect(tom.getByText(/^No terminal/)).toBeHidden();
  });

  test('a terminal is closed when the right to it is revoked', async () => {
    await openTerminal();
    await bea.keyboard.type('echo still here\n');
    await expect(screen()).toContainText('still here');
    const cut = expect(
      bea.getByText(
        /closed\. You no longer have permission to use this terminal/,
      ),
    ).toBeVisible({ timeout: 10_000 });
    await setMembers([{ subject: 'user:default/bea', role: 'viewer' }]);
    const begun = Date.now();
    await cut;
    expect(Date.now() - begun).toBeLessThan(1_000);
    await expectAccessible(bea);
    await bea.getByRole('button', { name: 'Reconnect' }).click();
    await expect(
      bea.getByText(/closed\. Only builders and owners of the tenant/),
    ).toBeVisible();
  });

  test('a stranger sees nothing of it', async () => {
    await tom.goto(deploy);
    await expect(
      tom.getByText(/^Only members of the tenant can see this page;/),
    ).toBeVisible();
    await setMembers([
      { subject: 'user:default/bea', role: 'builder' },
      { subject: 'user:default/tom', role: 'viewer' },
    ]);
  });

  test('all of it fits a narrow dark window', async ({ browser }) => {
    const narrow = await signIn(browser, 'Bea', {
      colorScheme: 'dark',
      width: 390,
    });
    await narrow.goto(deploy);
    await openLog(narrow, 'dev');
    await expect(narrow.getByRole('log')).toContainText('tick');
    await picture(narrow, 'log-narrow-dark');
    await show(narrow, 'Pods');
    await narrow
      .locator('button[aria-label^="Terminal in"]:enabled')
      .first()
      .click();
    await expect(narrow.getByText('Connected to /bin/sh.')).toBeVisible();
    const sideways = await narrow.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(sideways).toBeLessThanOrEqual(0);
    await expectAccessible(narrow);
    await picture(narrow, 'pods-narrow-dark');
    await narrow.context().close();
  });
});
