import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPortal, key, path, tab } from './__testUtils__/codeTab';

const [first, second] = ['1'.repeat(40), '2'.repeat(40)];

const treeOf = (commit: string, hashes: Record<string, string>) => ({
  commit,
  files: Object.entries(hashes).map(([name, hash]) => ({
    path: name,
    bytes: 10,
    hash,
  })),
  isCut: false,
});

const releases = (commit: string) => [
  {
    name: 'month-end-prices-r1',
    number: 1,
    commit,
    archetype: anApp().spec.archetype,
    createdBy: 'user:default/bea',
    createdAt: '2026-01-31T00:00:00Z',
  },
];

describe('CodeTab', () => {
  let portal: FakePortal;
  const tree = treeOf(first, { 'README.md': 'a', 'functions.py': 'b' });

  beforeEach(() => {
    localStorage.clear();
    portal = aPortal().answers(`GET ${path}/files`, tree);
    for (const commit of [first, second])
      for (const name of ['README.md', 'functions.py'])
        portal.answers(
          `GET ${path}/file?${new URLSearchParams({ commit, path: name })}`,
          { commit, path: name, text: `# ${name}\n` },
        );
  });

  /** Changes that an earlier visit left. */
  const keep = (files: Record<string, string | null>, base = first) =>
    localStorage.setItem(key, JSON.stringify({ base, files }));
  const show = () => renderPage(tab, portal);
  const files = () => screen.getByRole('list', { name: 'Files' });
  const commit = async (message = 'Change') => {
    await userEvent.type(
      await screen.findByRole('textbox', { name: /^Commit message/ }),
      message,
    );
    await userEvent.click(screen.getByRole('button', { name: /^Commit/ }));
  };

  it('opens the code on the first level, and other files', async () => {
    await show();
    expect(
      await screen.findByRole('textbox', { name: 'functions.py' }),
    ).toHaveTextContent('# functions.py');
    await userEvent.click(
      within(files()).getByRole('button', { name: 'README.md' }),
    );
    expect(
      await screen.findByRole('textbox', { name: 'README.md' }),
    ).toHaveTextContent('# README.md');
    expect(screen.getByText(/^No changes\./)).toBeVisible();
  });

  it.each([
    ['functions.py', 'def last():', ['def last():', '    ']],
    ['chart.yaml', 'columns:\n  - day', ['columns:', '  - day', '  ']],
  ])('indents %s as its language does', async (name, text, lines) => {
    keep({ [name]: text });
    await show();
    await userEvent.click(
      await within(
        await screen.findByRole('list', { name: 'Files' }),
      ).findByRole('button', { name: new RegExp(name) }),
    );
    const editor = await screen.findByRole('textbox', { name });
    await waitFor(() => expect(editor).toHaveTextContent(/\S/));
    fireEvent.keyDown(editor, { key: 'End', keyCode: 35, ctrlKey: true });
    fireEvent.keyDown(editor, { key: 'Enter', keyCode: 13 });
    const shown = () =>
      [...editor.querySelectorAll('.cm-line')].map(line => line.textContent);
    expect(shown()).toEqual(lines);
    fireEvent.keyDown(editor, { key: 'Tab', keyCode: 9 });
    const unit = name.endsWith('.py') ? '    ' : '  ';
    expect(shown().at(-1)).toBe(`${lines.at(-1)}${unit}`);
  });

  it('shows the differences from a release and from the newest commit', async () => {
    keep({ 'functions.py': '# functions.py\nnew = 1\n' });
    const published = '3'.repeat(40);
    const deployment = aDeployment({ app: anApp({ canBuild: true }) });
    portal
      .streams(path, {
        ...deployment,
        pipeline: {
          ...deployment.pipeline,
          releases: releases(published),
        },
      })
      .answers(`GET ${path}/file?commit=${published}&path=functions.py`, {
        text: '# earlier\n',
      })
      .answers(
        `GET ${path}/files?commit=${published}`,
        treeOf(published, { 'functions.py': 'x', 'old.py': 'y' }),
      );
    await show();
    const compare = async (name: RegExp) => {
      await userEvent.click(await screen.findByLabelText('Compare with'));
      await userEvent.click(screen.getByRole('option', { name }));
    };
    await compare(/^r1 \(3333333\)$/);
    expect(await screen.findByText('1 difference')).toBeVisible();
    const code = () => screen.getByRole('textbox', { name: 'functions.py' });
    expect(code()).toHaveTextContent('earlier');
    await compare(/^Newest commit/);
    expect(await screen.findByText('1 difference')).toBeVisible();
    expect(code()).not.toHaveTextContent('earlier');
    await userEvent.click(
      within(files()).getByRole('button', { name: 'README.md' }),
    );
    expect(await screen.findByText('No differences')).toBeVisible();
    await compare(/^r1/);
    // The file is newer than the release.
    expect(await screen.findByText('1 difference')).toBeVisible();
    expect(
      within(files())
        .getAllByRole('button')
        .map(button => button.textContent),
    ).toEqual(['README.md differs', 'functions.py changed']);
    expect(screen.getByText('Deleted since then: old.py')).toBeVisible();
    await compare(/^Nothing$/);
    await screen.findByRole('textbox', { name: 'README.md' });
    expect(screen.queryByText(/difference/)).toBeNull();
  });

  it('says why a release can’t be compared, and keeps the editor', async () => {
    const deployment = aDeployment({ app: anApp({ canBuild: true }) });
    const [release] = releases('4'.repeat(40));
    portal
      .streams(path, {
        ...deployment,
        pipeline: { ...deployment.pipeline, releases: [release] },
      })
      .answers(
        `GET ${path}/files?commit=${release.commit}`,
        'The repository has no commit 4444444',
        404,
      );
    await show();
    await userEvent.click(await screen.findByLabelText('Compare with'));
    await userEvent.click(screen.getByRole('option', { name: /^r1/ }));
    expect(
      await screen.findByText(
        'Not compared: The repository has no commit 4444444.',
      ),
    ).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'functions.py' })).toBeVisible();
  });

  it('keeps changes over a reload, and commits all of them', async () => {
    keep({ 'functions.py': '# new\n', 'README.md': null, 'x.md': 'X' });
    portal.answers(`POST ${path}/commits`, { commit: second }, 201);
    await show();
    expect(
      await screen.findByRole('textbox', { name: 'functions.py' }),
    ).toHaveTextContent('# new');
    expect(
      within(files())
        .getAllByRole('button')
        .map(button => button.textContent),
    ).toEqual(['README.md deleted', 'functions.py changed', 'x.md new']);
    portal.answers(`GET ${path}/files`, treeOf(second, { 'x.md': 'c' }));
    portal.answers(`GET ${path}/file?commit=${second}&path=x.md`, {
      text: 'X',
    });
    await commit('Say hello');
    const committed = await screen.findByText(/^Committed 2222222\./);
    expect(committed).toBeVisible();
    expect(committed.closest('[role="status"]')).toHaveFocus();
    const sent = portal.calls.find(
      ({ method, path: one }) => method === 'POST' && one.endsWith('/commits'),
    );
    expect(sent?.body).toEqual({
      base: first,
      message: 'Say hello',
      files: [
        { path: 'functions.py', content: '# new\n' },
        { path: 'README.md', content: null },
        { path: 'x.md', content: 'X' },
      ],
    });
    expect(localStorage.getItem(key)).toBeNull();
  });

  it('shows why nothing was committed, and keeps the changes', async () => {
    keep({ 'functions.py': '# new\n' });
    portal.answers(`POST ${path}/commits`, 'The disk is full', 409);
    await show();
    await commit();
    expect(
      await screen.findByText('Not committed: The disk is full.'),
    ).toBeVisible();
    expect(localStorage.getItem(key)).toContain('# new');
    await userEvent.click(screen.getByRole('button', { name: 'Delete file' }));
    expect(screen.queryByText(/^Not committed/)).toBeNull();
  });

  it('carries changes over to a newer commit of other files', async () => {
    keep({ 'functions.py': '# new\n' });
    const newer = treeOf(second, { 'README.md': 'z', 'functions.py': 'b' });
    portal
      .answers(`GET ${path}/files`, newer)
      .answers(`GET ${path}/files?commit=${first}`, tree);
    await show();
    await waitFor(() => expect(localStorage.getItem(key)).toContain(second));
    expect(screen.queryByText(/^A newer commit also changed/)).toBeNull();
  });

  it.each([
    ['Keep my version', '# new\n'],
    ['Use the newer version', undefined],
  ])(
    'lets people decide about a file that others changed: %s',
    async (button, kept) => {
      keep({ 'functions.py': '# new\n' });
      const newer = treeOf(second, { 'README.md': 'a', 'functions.py': 'z' });
      portal
        .answers(`GET ${path}/files`, newer)
        .answers(`GET ${path}/files?commit=${first}`, tree);
      await show();
      expect(
        await screen.findByText(
          /^A newer commit also changed functions\.py\..*to this file\.$/,
        ),
      ).toBeVisible();
      expect(screen.getByRole('button', { name: /^Commit/ })).toBeDisabled();
      await userEvent.click(screen.getByRole('button', { name: button }));
      if (!kept)
        await userEvent.click(
          await screen.findByRole('button', { name: 'Discard my changes' }),
        );
      await waitFor(() =>
        expect(JSON.parse(localStorage.getItem(key) ?? 'null')).toEqual(
          kept ? { base: second, files: { 'functions.py': kept } } : null,
        ),
      );
      expect(screen.queryByText(/^A newer commit also changed/)).toBeNull();
    },
  );

  it('adds files, and rejects paths outside the repository', async () => {
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'New file' }),
    );
    const field = screen.getByRole('textbox', { name: 'Path' });
    for (const [name, problem] of [
      ['../x', /^Enter a path/],
      ['functions.py', /^A file with this path already exists/],
      [
        'functions.py/x',
        /^functions\.py is a file\. Enter a path in a folder\.$/,
      ],
    ] as const) {
      await userEvent.clear(field);
      await userEvent.type(field, `${name}{Enter}`);
      expect(await screen.findByText(problem)).toBeVisible();
    }
    await userEvent.clear(field);
    await userEvent.type(field, 'helpers/x.py{Enter}');
    expect(
      await screen.findByRole('textbox', { name: 'helpers/x.py' }),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Delete file' }));
    expect(await screen.findByText(/^No changes\./)).toBeVisible();
  });

  it('discards all changes after a confirmation', async () => {
    keep({ 'functions.py': '# new\n' });
    await show();
    const discard = { name: 'Discard changes' };
    await userEvent.click(await screen.findByRole('button', discard));
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', discard),
    );
    expect(await screen.findByText(/^No changes\./)).toBeVisible();
    expect(localStorage.getItem(key)).toBeNull();
  });

  it('is for reading for people who don’t build', async () => {
    portal.streams(path, aDeployment({ app: anApp({ canBuild: false }) }));
    await show();
    expect(
      await screen.findByRole('textbox', { name: 'functions.py' }),
    ).toHaveAttribute('aria-readonly', 'true');
    expect(screen.queryByRole('button', { name: 'New file' })).toBeNull();
    expect(screen.queryByText(/^No changes\./)).toBeNull();
  });

  it('names another git host', async () => {
    const app = anApp();
    app.spec.source.repository = 'https://git.example.com/rates/prices.git';
    portal.streams(path, aDeployment({ app }));
    await show();
    expect(
      await screen.findByText(/^The code is in https:\/\/git\.example\.com/),
    ).toBeVisible();
  });

  it('keeps what was changed while a commit was under way in another tab', async () => {
    keep({ 'functions.py': '# new\n' });
    portal.answers(`POST ${path}/commits`, { commit: second }, 201);
    const letGo = portal.holds(`POST ${path}/commits`);
    await show();
    await commit();
    expect(screen.getByRole('button', { name: 'Committing…' })).toBeDisabled();
    expect(screen.queryByRole('button', { name: 'New file' })).toBeNull();
    keep({ 'functions.py': '# new\n', 'README.md': null });
    window.dispatchEvent(new StorageEvent('storage', { key }));
    const newer = treeOf(second, { 'README.md': 'a', 'functions.py': 'c' });
    portal.answers(`GET ${path}/files`, newer);
    letGo();
    expect(
      await screen.findByRole('button', { name: 'README.md deleted' }),
    ).toBeVisible();
    await waitFor(() =>
      expect(JSON.parse(localStorage.getItem(key)!)).toEqual({
        base: second,
        files: { 'README.md': null },
      }),
    );
  });

  it('warns when the browser stores nothing, and commits all the same', async () => {
    await show();
    const button = await screen.findByRole('button', { name: 'Delete file' });
    const store = jest
      .spyOn(Storage.prototype, 'setItem')
      .mockImplementation(() => {
        throw new DOMException('full', 'QuotaExceededError');
      });
    try {
      await userEvent.click(button);
      expect(
        await screen.findByText(/^This browser can’t store your changes/),
      ).toBeVisible();
      expect(
        screen.getByRole('button', { name: 'Commit 1 file to main' }),
      ).toBeVisible();
    } finally {
      store.mockRestore();
    }
  });

  it.each(['{}', '{"base":1,"files":{}}', 'null', '{'])(
    'ignores stored changes that are none: %s',
    async stored => {
      localStorage.setItem(key, stored);
      await show();
      expect(await screen.findByText(/^No changes\./)).toBeVisible();
    },
  );
});
