import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPortal, key, path, tab } from './__testUtils__/codeTab';

const [ofMain, ofFix, created] = ['1', '2', '3'].map(one => one.repeat(40));
const fixKey = `${key} fix`;
const branches = [
  { name: 'main', commit: ofMain },
  { name: 'fix', commit: ofFix },
];
const treeOf = (commit: string, hash: string) => ({
  commit,
  files: [{ path: 'functions.py', bytes: 10, hash }],
  isCut: false,
  branches,
});

describe('Branches', () => {
  let portal: FakePortal;

  beforeEach(() => {
    localStorage.clear();
    portal = aPortal()
      .answers(`GET ${path}/files`, treeOf(ofMain, 'a'))
      .answers(`GET ${path}/files?branch=fix`, treeOf(ofFix, 'b'))
      .answers(`GET ${path}/files?commit=${ofMain}`, treeOf(ofMain, 'a'));
    for (const commit of [ofMain, ofFix, created])
      portal.answers(`GET ${path}/file?commit=${commit}&path=functions.py`, {
        text: commit === ofMain ? '# main\n' : '# fix\n',
      });
  });

  /** Changes that an earlier visit left. */
  const keep = (at: string, base: string) =>
    localStorage.setItem(
      at,
      JSON.stringify({ base, files: { 'functions.py': '# new\n' } }),
    );
  const choose = async (label: string, name: string | RegExp) => {
    await userEvent.click(await screen.findByLabelText(label));
    await userEvent.click(screen.getByRole('option', { name }));
  };
  const editor = () => screen.findByRole('textbox', { name: 'functions.py' });
  const commit = async () => {
    await userEvent.type(
      await screen.findByRole('textbox', { name: /^Commit message/ }),
      'Change',
    );
    await userEvent.click(screen.getByRole('button', { name: /^Commit/ }));
  };
  const sent = () =>
    portal.calls.find(
      ({ method, path: one }) => method === 'POST' && one.endsWith('/commits'),
    )?.body;

  it('opens a branch, compares it with main, and goes back', async () => {
    await renderPage(tab, portal);
    await choose('Branch', 'fix');
    expect(await screen.findByText(/^Branch fix is open\./)).toBeVisible();
    expect(await editor()).toHaveTextContent('# fix');
    expect(screen.getByText('Newest commit of fix: 2222222')).toBeVisible();
    expect(screen.getByLabelText('Branch')).toHaveFocus();
    expect(
      screen.getByText('No changes. Commits to fix are not deployed.'),
    ).toBeVisible();
    await choose('Compare with', 'main (1111111)');
    expect(await screen.findByText('1 difference')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Back to main' }));
    await waitFor(async () =>
      expect(await editor()).toHaveTextContent('# main'),
    );
    expect(screen.queryByText(/^Branch fix is open/)).toBeNull();
  });

  it('offers the functions of the branch, not those of main', async () => {
    const fn = { parameters: {}, result: { kind: 'value' } };
    portal.answers(`POST ${path}/tries`, {
      environment: 'dev',
      log: '',
      contract: { functions: [{ ...fn, name: 'fixed' }] },
    });
    await renderPage(tab, portal);
    const tryMain = await screen.findByRole('button', { name: /^Try / });
    await choose('Branch', 'fix');
    expect(
      await screen.findByRole(
        'button',
        { name: 'Try fixed' },
        { timeout: 5_000 },
      ),
    ).toBeVisible();
    expect(tryMain).not.toBeInTheDocument();
    expect(
      portal.calls.find(({ path: one }) => one.endsWith('/tries'))?.body,
    ).toEqual({ base: ofFix, files: [] });
  });

  it('opens the branch in the address, which is the same after a reload', async () => {
    await renderPage(tab, portal, '/?branch=fix');
    expect(await screen.findByText(/^Branch fix is open\./)).toBeVisible();
    expect(await editor()).toHaveTextContent('# fix');
    expect(screen.getByLabelText('Branch')).not.toHaveFocus();
  });

  it('commits changes of a branch to this branch', async () => {
    keep(key, ofMain);
    keep(fixKey, ofFix);
    portal.answers(`POST ${path}/commits`, { commit: created }, 201);
    await renderPage(tab, portal);
    await choose('Branch', 'fix');
    await screen.findByText(/^Branch fix is open\./);
    portal.answers(`GET ${path}/files?branch=fix`, treeOf(created, 'c'));
    await commit();
    expect(
      await screen.findByText('Committed 3333333 to fix. Nothing is deployed.'),
    ).toBeVisible();
    expect(sent()).toMatchObject({ base: ofFix, branch: 'fix' });
    expect(sent()).not.toHaveProperty('isNewBranch');
    expect(localStorage.getItem(fixKey)).toBeNull();
    expect(localStorage.getItem(key)).toContain('# new');
  });

  it('commits changes of main to a new branch, and opens it', async () => {
    keep(key, ofMain);
    portal.answers(`POST ${path}/commits`, { commit: created }, 201);
    await renderPage(tab, portal);
    await choose('Target branch', 'New branch');
    expect(
      screen.getByText(/^Only commits to main are deployed/),
    ).toBeVisible();
    const name = screen.getByRole('textbox', { name: /^Branch name/ });
    await userEvent.type(name, 'a b');
    expect(screen.getByText(/is not a valid branch name/)).toBeVisible();
    await userEvent.clear(name);
    await userEvent.type(name, 'fix');
    expect(screen.getByText(/^Branch "fix" already exists/)).toBeVisible();
    expect(screen.getByRole('button', { name: /^Commit/ })).toBeDisabled();
    await userEvent.clear(name);
    await userEvent.type(name, 'try/it');
    portal.answers(`GET ${path}/files?branch=try%2Fit`, treeOf(created, 'c'));
    await commit();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Open branch' }),
    );
    expect(sent()).toMatchObject({
      base: ofMain,
      branch: 'try/it',
      isNewBranch: true,
    });
    expect(await screen.findByText(/^Branch try\/it is open\./)).toBeVisible();
    expect(localStorage.getItem(key)).toBeNull();
  });

  it('keeps the changes when a commit is refused', async () => {
    keep(key, ofMain);
    const reason = 'Branch "fix" has other versions of functions.py';
    portal.answers(`POST ${path}/commits`, reason, 409);
    await renderPage(tab, portal);
    await choose('Target branch', 'fix');
    await commit();
    expect(await screen.findByText(`Not committed: ${reason}.`)).toBeVisible();
    expect(localStorage.getItem(key)).toContain('# new');
  });

  it('keeps the editor when its branch was deleted', async () => {
    keep(fixKey, ofFix);
    const reason = 'Branch "fix" was not found';
    portal.answers(`POST ${path}/commits`, reason, 404);
    await renderPage(tab, portal);
    await choose('Branch', 'fix');
    await screen.findByText(/^Branch fix is open\./);
    portal.answers(`GET ${path}/files?branch=fix`, reason, 404);
    await commit();
    expect(
      await screen.findByText(
        `Can’t load branch fix: ${reason}. Your changes are kept.`,
      ),
    ).toBeVisible();
    expect(await editor()).toHaveTextContent('# new');
    expect(localStorage.getItem(fixKey)).toContain('# new');
  });
});
