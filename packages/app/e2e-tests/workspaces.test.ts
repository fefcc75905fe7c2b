import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { kubectl } from './kubectl';
import { giveTenant } from './operated';
import { signIn } from './people';
import { picture, pictures } from './picture';
import { createToken, revokeNewest } from './tokens';

const tenant = 'note-desk';
const app = 'noted';
const page = `/catalog/${tenant}/component/${app}/workspaces`;
const namespace = `${tenant}--home`;
const workspace = `${app}.default.bea`;

const functions = `def answer() -> float:
    """The answer."""
    return 42.0
`;

const notebook = `from typing import TypedDict

from bailiwick import Table


class Square(TypedDict):
    """One number."""

    number: int
    square: int


def squares(count: int = 3) -> Table[Square]:
    """The first squares.

    Args:
        count: How many.
    """
    return [{"number": n, "square": n * n} for n in range(count)]


print(sum(row["square"] for row in squares(5)))`;

test.describe.serial('workspaces in the browser', () => {
  let bea: Page;
  let rita: Page;
  let lab: Page;

  test.beforeAll(async ({ browser }) => {
    await giveTenant(
      tenant,
      app,
      [
        { subject: 'user:default/bea', role: 'builder' },
        { subject: 'user:default/tom', role: 'viewer' },
      ],
      { environments: [{ name: 'dev', cluster: 'local', protected: false }] },
    );
    [bea, rita] = await Promise.all(
      ['Bea', 'Rita'].map(person => signIn(browser, person)),
    );
    const called = bea.waitForRequest(/\/api\/bailiwick\//);
    await bea.goto('/apps');
    const { authorization } = await (await called).allHeaders();
    const created = await bea.request.post(
      `/api/bailiwick/tenants/${tenant}/repositories`,
      {
        headers: { authorization },
        data: {
          name: app,
          files: [{ path: 'functions.py', content: functions }],
        },
      },
    );
    expect(created.ok(), await created.text()).toBe(true);
  });
  test.afterAll(async () => {
    await kubectl('delete', 'tenant', tenant, '--ignore-not-found');
  });

  const button = (name: string) => bea.getByRole('button', { name });
  const state = () => bea.getByRole('status').first();
  const phase = () =>
    kubectl(
      ...['get', 'workspace', workspace, '-n', namespace],
      ...['-o', 'jsonpath={.status.phase}'],
    );

  async function openLab(): Promise<void> {
    const opened = bea.context().waitForEvent('page');
    await button('Open JupyterLab').click();
    lab = await opened;
    await expect(
      lab.getByRole('listitem', { name: /functions\.py/ }).first(),
    ).toBeVisible({ timeout: 60_000 });
  }

  /** Runs the last cell of the notebook with a text. */
  async function runCell(text: string): Promise<void> {
    const cell = lab.locator('.jp-Notebook .jp-CodeCell').last();
    await cell.locator('.cm-content').click();
    await lab.keyboard.insertText(text);
    await lab.keyboard.press('Shift+Enter');
  }
  const output = () => lab.locator('.jp-Notebook .jp-OutputArea-output');

  test('are for builders, who choose a size', async ({ browser }) => {
    const tom = await signIn(browser, 'Tom');
    await tom.goto(page);
    await expect(
      tom.getByRole('heading', { name: 'Workspaces are for builders' }),
    ).toBeVisible();
    await bea.goto(page);
    await button('Create workspace').click();
    await expectAccessible(bea);
    await picture(bea, 'workspace-create');
    const idle = bea.getByRole('spinbutton', { name: 'Stop when idle for' });
    await idle.fill('0');
    await expect(button('Create and start')).toBeDisabled();
    await idle.fill('1');
    await button('Create and start').click();
    await expect(bea.getByText(/JupyterLab is being installed/)).toBeVisible();
    await expect(button('Open JupyterLab')).toBeVisible({ timeout: 150_000 });
    await expectAccessible(bea);
    await pictures(bea, 'workspace', button('Open JupyterLab'));
  });

  test('isolation/79 are not open to others, who see them', async () => {
    await rita.goto(page);
    const row = rita.getByRole('row').filter({ hasText: 'Running' });
    await expect(row).toHaveCount(1);
    await expectAccessible(rita);
    const pod = await kubectl(
      ...['get', 'workspace', workspace, '-n', namespace],
      ...['-o', 'jsonpath={.status.pod}'],
    );
    for (const [person, isAllowed] of [
      ['user:default/bea', true],
      ['user:default/rita', false],
    ] as const) {
      const ran = kubectl(
        ...['--as', person, '--as-group', 'group:default/rates'],
        ...['exec', pod, '-n', `${tenant}--dev`, '--', 'true'],
      );
      if (isAllowed) await ran;
      else
        await expect(ran).rejects.toThrow(
          'This workspace belongs to another person',
        );
    }
  });

  test('contain the code of the app, and run notebooks', async () => {
    await openLab();
    await expect(lab).toHaveURL(/^http:\/\/noted-bea-[0-9a-f]{12}\.localhost/);
    await lab.getByTitle('Python 3 (ipykernel)').first().click();
    // JupyterLab ignores a cell that is run before.
    await expect(lab.getByText('Python 3 (ipykernel) | Idle')).toBeVisible();
    await runCell(notebook);
    await expect(output().first()).toHaveText('30', { timeout: 60_000 });
  });

  test('publish a function of a notebook, whose rows can then be read', async ({
    request,
  }) => {
    await runCell(
      'from bailiwick.workspace import publish\npublish(squares, "Add squares")',
    );
    await expect(output().nth(1)).toContainText(/Published squares/, {
      timeout: 60_000,
    });
    await picture(lab, 'workspace-notebook');
    await bea.goto(`/catalog/${tenant}/component/${app}/code`);
    await expect(bea.getByText('def squares(count: int = 3)')).toBeVisible();
    await bea.goto(`/catalog/${tenant}/component/${app}/get-data`);
    await expect(bea.getByText('The first squares.')).toBeVisible({
      timeout: 60_000,
    });
    const token = await createToken(bea);
    const address = `${process.env.BAILIWICK_GATEWAY_URL}/v1/${tenant}/dev/${app}/squares?count=2`;
    const login = Buffer.from(`bea:${token}`).toString('base64');
    const answer = await request.get(address, {
      headers: { authorization: `Basic ${login}` },
    });
    expect((await answer.json()).rows).toEqual([
      { number: 0, square: 0 },
      { number: 1, square: 1 },
    ]);
    await revokeNewest(bea);
  });

  test('do not stop while a cell runs, and stop when they are idle', async () => {
    await runCell('import time; time.sleep(70); print("slept")');
    await lab.waitForTimeout(65_000);
    expect(await phase()).toBe('Running');
    await expect(output().nth(2)).toHaveText('slept', { timeout: 30_000 });
    await bea.goto(page);
    await expect(bea.getByText(/No activity for 1 minute/)).toBeVisible({
      timeout: 150_000,
    });
    await picture(bea, 'workspace-stopped');
    await lab.reload();
    await expect(lab.getByText(/workspace has stopped/i)).toBeVisible();
    await lab.close();
  });

  test('have the same files after another start', async () => {
    await button('Start workspace').click();
    await expect(button('Open JupyterLab')).toBeVisible({ timeout: 60_000 });
    await openLab();
    await expect(
      lab.getByRole('listitem', { name: /Untitled\.ipynb/ }).first(),
    ).toBeVisible();
    await lab.close();
  });

  test('are stopped by owners of the tenant, and deleted', async () => {
    await rita
      .getByRole('button', { name: 'Stop the workspace of user:default/bea' })
      .click();
    await expect(state()).toContainText('Stopped');
    await button('Delete workspace').click();
    const dialog = bea.getByRole('dialog');
    await dialog.getByRole('textbox').fill(app);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(button('Create workspace')).toBeVisible();
    await expect(async () => {
      const left = await kubectl(
        ...['get', 'jobs,pvc', '-n', `${tenant}--dev`, '-o', 'name'],
        ...['-l', `bailiwick.dev/workspace=${workspace}`],
      );
      expect(left).toBe('');
    }).toPass({ timeout: 60_000 });
  });
});
