import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPortalWithFile, key, path, tab } from './__testUtils__/codeTab';

const commit = '1'.repeat(40);
const edited = 'def prices() -> list[dict]: ...\n';
const content =
  'class PricesRow: ...\n\n\ndef prices() -> Table[PricesRow]: ...\n';

const result = (kind: string) => ({
  environment: 'dev',
  log: '',
  contract: {
    functions: [
      {
        name: 'prices',
        parameters: {},
        result: { kind, columns: [{ name: 'price', type: 'Number' }] },
      },
    ],
  },
  result: {
    at: '2026-11-20T08:00:00Z',
    rows: [{ price: 1 }],
    count: 1,
    first: 1,
  },
});
const changed = { path: 'functions.py', content };

describe('PinColumns', () => {
  let portal: FakePortal;

  beforeEach(() => {
    localStorage.setItem(
      key,
      JSON.stringify({ base: commit, files: { 'functions.py': edited } }),
    );
    portal = aPortalWithFile(commit);
  });

  const answers = (view: object) =>
    portal.answers(`POST ${path}/tries`, { ...result('table'), ...view });
  const tryIt = async () =>
    userEvent.click(await screen.findByRole('button', { name: /^Try / }));
  const stored = () => JSON.parse(localStorage.getItem(key)!).files;
  const pin = () => screen.findByRole('button', { name: 'Pin columns' });

  it('changes the file in the editor, can be undone, and is committed as usual', async () => {
    answers({ pin: { rows: 1_200, changed } });
    await renderPage(tab, portal);
    await tryIt();
    expect(
      await screen.findByText(
        /^The code declares no columns of prices\. Those shown are inferred from 1,200 rows\./,
      ),
    ).toBeVisible();
    await userEvent.click(await pin());
    expect(
      screen.getByText(
        'Pinned 1 column of prices in functions.py, inferred from 1,200 rows. Check the row class, then commit it.',
      ),
    ).toBeVisible();
    const editor = screen.getByRole('textbox', { name: 'functions.py' });
    expect(editor).toHaveTextContent('class PricesRow');
    expect(stored()).toEqual({ 'functions.py': content });

    // The history of the editor has the change, too. It joins changes within half a second.
    await userEvent.click(editor);
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(stored()).toEqual({ 'functions.py': edited });

    await userEvent.click(await pin());
    await userEvent.click(screen.getByRole('button', { name: 'Undo pinning' }));
    expect(stored()).toEqual({ 'functions.py': edited });
    expect(editor).not.toHaveTextContent('class PricesRow');

    await userEvent.click(await pin());
    answers({});
    await tryIt();
    await waitFor(() => expect(screen.queryByText(/^Pinned/)).toBeNull());
    expect(screen.getByRole('cell', { name: '1' })).toBeVisible();
    expect(screen.queryByText(/^The code declares no columns/)).toBeNull();
    const calls = portal.calls.filter(({ body }) => Object(body).function);
    expect(calls.at(-1)!.body).toMatchObject({ files: [changed] });
    expect(
      screen.getByRole('button', { name: 'Commit 1 file to main' }),
    ).toBeVisible();
  });

  it('offers the rows of code that cannot be served because columns are missing', async () => {
    const message = 'prices cannot be served: it does not name its columns';
    const problems = [{ file: 'functions.py', line: 1, message }];
    answers({ problems, result: undefined });
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Check code' }),
    );
    expect(
      await screen.findByText(/^The portal can infer missing columns: try/),
    ).toBeVisible();
    expect(screen.queryByText(/^The code loads/)).toBeNull();
    answers({ ...result('stream'), problems, pin: { rows: 100, changed } });
    await tryIt();
    expect(
      await screen.findByText(/inferred from the first 100 rows/),
    ).toBeVisible();
    expect(screen.getByText(`functions.py, line 1: ${message}.`)).toBeVisible();
    await userEvent.click(await pin());
    expect(screen.queryByText(`functions.py, line 1: ${message}.`)).toBeNull();
  });

  it('explains why columns cannot be pinned', async () => {
    const refusal = 'Column "price" has no values.';
    answers({ pin: { rows: 2, refusal } });
    await renderPage(tab, portal);
    await tryIt();
    expect(
      await screen.findByText(
        `The code declares no columns of prices, and they can’t be inferred from 2 rows. ${refusal}`,
      ),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Pin columns' })).toBeNull();
  });

  it('pins nothing after another change, and no file that the code does not have', async () => {
    answers({ pin: { rows: 2, changed: { path: 'other.py', content } } });
    await renderPage(tab, portal);
    await tryIt();
    expect(await pin()).toBeDisabled();
    await userEvent.click(
      screen.getByRole('button', { name: 'Undo changes to this file' }),
    );
    expect(screen.queryByRole('button', { name: 'Pin columns' })).toBeNull();
  });
});
