import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPortal, key, path, tab } from './__testUtils__/codeTab';

const [first, second] = ['1', '2'].map(one => one.repeat(40));
const treeOf = (commit: string, hash: string) => ({
  commit,
  files: [
    { path: 'README.md', bytes: 10, hash: commit },
    { path: 'functions.py', bytes: 10, hash },
  ],
  isCut: false,
});

describe('Newer commits', () => {
  let portal: FakePortal;

  beforeEach(() => {
    localStorage.clear();
    portal = aPortal()
      .answers(`GET ${path}/files`, treeOf(first, 'a'))
      .answers(`GET ${path}/files?commit=${first}`, treeOf(first, 'a'));
    for (const commit of [first, second])
      portal.answers(`GET ${path}/file?commit=${commit}&path=functions.py`, {
        text: `# ${commit[0]}\n`,
      });
  });

  const keep = () =>
    localStorage.setItem(
      key,
      JSON.stringify({ base: first, files: { 'functions.py': '# mine\n' } }),
    );
  const warning =
    /^A newer commit also changed functions\.py\. Committing your version would overwrite that commit’s changes to this file\.$/;
  const editor = () => screen.findByRole('textbox', { name: 'functions.py' });
  /** Sends what the portal reports after a colleague’s commit. */
  const receive = (hash: string) => {
    portal.answers(`GET ${path}/files`, treeOf(second, hash));
    const app = anApp({ canBuild: true });
    app.spec.source.revision = second;
    portal.send(path, aDeployment({ app }));
  };

  it('appear as soon as they are deployed', async () => {
    await renderPage(tab, portal);
    expect(await editor()).toHaveTextContent('# 1');
    receive('b');
    expect(
      await screen.findByText('Newest commit of main: 2222222'),
    ).toBeVisible();
    await waitFor(async () => expect(await editor()).toHaveTextContent('# 2'));
  });

  it('of other files leave the open editor as it is', async () => {
    keep();
    await renderPage(tab, portal);
    const open = await editor();
    receive('a');
    expect(
      await screen.findByText('Newest commit of main: 2222222'),
    ).toBeVisible();
    await waitFor(() =>
      expect(JSON.parse(localStorage.getItem(key)!).base).toBe(second),
    );
    expect(open).toBeInTheDocument();
    expect(open).toHaveTextContent('# mine');
  });

  it('move the focus to the decision when a commit was rejected', async () => {
    keep();
    await renderPage(tab, portal);
    await userEvent.type(
      await screen.findByRole('textbox', { name: /^Commit message/ }),
      'Change',
    );
    portal
      .answers(`POST ${path}/commits`, 'There is a newer commit', 409)
      .answers(`GET ${path}/files`, treeOf(second, 'b'));
    await userEvent.click(screen.getByRole('button', { name: /^Commit/ }));
    expect(await screen.findByText(warning)).toBeVisible();
    expect(screen.getByText(warning).closest('[role=alert]')).toHaveFocus();
  });

  it('show how they differ, and why nothing can be committed', async () => {
    keep();
    await renderPage(tab, portal);
    await editor();
    receive('b');
    expect(await screen.findByText(warning)).toBeVisible();
    expect(screen.getByText(/^A newer commit changed the same/)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show differences' }),
    );
    expect(
      screen.getByRole('button', { name: /^Compare with/ }),
    ).toHaveTextContent('Newest commit (2222222)');
    await waitFor(async () =>
      expect((await editor()).textContent).toMatch(/# 2.*# mine/),
    );
  });

  it('do not interrupt people who are typing', async () => {
    keep();
    await renderPage(tab, portal);
    const message = await screen.findByRole('textbox', {
      name: /^Commit message/,
    });
    await userEvent.click(message);
    receive('b');
    expect(await screen.findByText(warning)).toBeVisible();
    expect(message).toHaveFocus();
  });
});
