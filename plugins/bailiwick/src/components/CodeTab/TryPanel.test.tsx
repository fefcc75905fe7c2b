import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPortalWithFile, key, path, tab } from './__testUtils__/codeTab';

const commit = '1'.repeat(40);
const edited = '# functions.py\nretrn 1\n';

const contract = {
  functions: [
    {
      name: 'prices',
      parameters: {
        properties: { symbol: { type: 'string', title: 'Symbol' } },
        required: ['symbol'],
      },
      result: { kind: 'table', columns: [{ name: 'price', type: 'Money' }] },
    },
    { name: 'answer', parameters: {}, result: { kind: 'value' } },
  ],
};
const rows = {
  at: '2026-11-20T08:00:00Z',
  rows: [{ price: 12.5 }],
  count: 1,
  first: 1,
};
const noTests = { passed: 0, failed: 0, skipped: 0, seconds: 0, failures: [] };
const view = (more: object) => ({
  environment: 'dev',
  log: '',
  contract,
  ...more,
});

describe('TryPanel', () => {
  let portal: FakePortal;

  beforeEach(() => {
    localStorage.setItem(
      key,
      JSON.stringify({ base: commit, files: { 'functions.py': edited } }),
    );
    portal = aPortalWithFile(commit).answers(`POST ${path}/tries`, view({}));
  });

  const show = () => renderPage(tab, portal);
  const tryIt = async () =>
    userEvent.click(await screen.findByRole('button', { name: /^Try / }));
  const check = async () =>
    userEvent.click(await screen.findByRole('button', { name: 'Check code' }));
  const tried = () =>
    portal.calls.filter(({ path: one }) => one.endsWith('/tries'));
  const editor = () => screen.findByRole('textbox', { name: 'functions.py' });

  describe('Run tests', () => {
    const runTests = async (tests: object) => {
      portal.answers(
        `POST ${path}/tries`,
        view({ tests: { ...noTests, ...tests } }),
      );
      await show();
      await userEvent.click(
        await screen.findByRole('button', { name: 'Run tests' }),
      );
    };

    it('shows how many passed, and how long they took', async () => {
      await runTests({ passed: 3, skipped: 1, seconds: 0.25 });
      expect(
        await screen.findByText('3 tests passed, 1 skipped in 250 ms.'),
      ).toBeVisible();
      expect(tried().at(-1)!.body).toEqual({
        base: commit,
        files: [{ path: 'functions.py', content: edited }],
        tests: true,
      });
      expect(screen.queryByText(/^The code loads/)).not.toBeInTheDocument();
    });

    it('shows what failed, also at its line', async () => {
      await runTests({
        passed: 1,
        failed: 1,
        failures: [
          {
            name: 'tests/test_functions.py::TestPrices::test_sorts',
            message: 'assert 1 == 2',
            file: 'functions.py',
            line: 2,
          },
        ],
      });
      expect(
        await screen.findByText('1 of 2 tests failed in 0 ms.'),
      ).toBeVisible();
      const failures = screen.getByRole('list', { name: 'Failed tests' });
      expect(failures).toHaveTextContent(
        'TestPrices › test_sortsfunctions.py, line 2assert 1 == 2',
      );
      expect(
        (await editor()).querySelector('.cm-lintRange-error'),
      ).toBeVisible();
    });

    it('explains how to write the first test', async () => {
      await runTests({});
      expect(
        await screen.findByText(
          'The code has no tests. Tests are functions whose names begin with test_, in files such as tests/test_functions.py.',
        ),
      ).toBeVisible();
    });
  });

  it('checks the changes, then asks for the parameters of the new contract', async () => {
    // The draft has never served functions.
    const app = { ...anApp({ canBuild: true }), status: undefined };
    portal.streams(path, aDeployment({ app }));
    await show();
    await check();
    expect(
      await screen.findByText(
        /^The code loads\. prices takes 1 parameter and returns 1 column\. answer takes no parameters and/,
      ),
    ).toBeVisible();
    expect(tried().at(-1)!.body).toEqual({
      base: commit,
      files: [{ path: 'functions.py', content: edited }],
    });
    const button = screen.getByRole('button', { name: 'Try prices' });
    expect(button).toBeDisabled();
    expect(
      screen.getByText('Fill in the required parameters to call prices.'),
    ).toBeVisible();
    portal.answers(
      `POST ${path}/tries`,
      view({ result: rows, seconds: 0.12, log: 'loaded\n' }),
    );
    await userEvent.type(screen.getByLabelText(/^Symbol/), 'AAPL');
    await userEvent.click(button);
    expect(await screen.findByRole('cell', { name: '12.5' })).toBeVisible();
    expect(screen.getByText('Result of prices(symbol="AAPL")')).toBeVisible();
    expect(
      screen.getByText(/1 row with the settings of dev, in 120/),
    ).toBeVisible();
    expect(screen.getByLabelText('Output')).toHaveTextContent('loaded');
    expect(screen.getByText('The result of prices is shown.')).toHaveRole(
      'status',
    );
    expect(tried().at(-1)!.body).toMatchObject({
      function: 'prices',
      parameters: { symbol: 'AAPL' },
    });
  });

  it('calls the chosen function, and shows a value', async () => {
    await show();
    await check();
    await userEvent.click(
      await screen.findByRole('button', { name: /^Function/ }),
    );
    await userEvent.click(screen.getByRole('option', { name: 'answer' }));
    portal.answers(
      `POST ${path}/tries`,
      view({ result: { at: rows.at, value: 42 } }),
    );
    await tryIt();
    expect(await screen.findByText('42')).toBeVisible();
    expect(screen.getByText('Result with the settings of dev')).toBeVisible();
  });

  it('names the line of a problem, until the code changes', async () => {
    const message = 'SyntaxError: invalid syntax';
    portal.answers(`POST ${path}/tries`, {
      environment: 'dev',
      log: '',
      problems: [{ file: 'functions.py', line: 2, message }],
    });
    await show();
    await check();
    expect(
      await screen.findByText(`functions.py, line 2: ${message}.`),
    ).toBeVisible();
    const mark = async () =>
      (await editor()).querySelector('.cm-lintRange-error');
    expect(await mark()).toBeVisible();
    // Another rendering of the page keeps it.
    await userEvent.type(
      screen.getByRole('textbox', { name: /^Commit message/ }),
      'x',
    );
    expect(await mark()).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Undo changes to this file' }),
    );
    expect(
      await screen.findByText(/^The code has changed since this result\./),
    ).toBeVisible();
    expect(await mark()).toBeNull();
  });

  it('checks changes while people type, and drops refusals', async () => {
    portal.answers(`POST ${path}/tries`, 'tries are running', 429);
    await show();
    await waitFor(() => expect(tried()).toHaveLength(1), { timeout: 5_000 });
    expect(screen.queryByText(/tries are running/)).toBeNull();
    const message = 'prices has no return type';
    portal.answers(`POST ${path}/tries`, {
      environment: 'dev',
      log: '',
      problems: [{ file: 'functions.py', line: 2, message }],
    });
    await userEvent.type(await editor(), '#');
    expect(
      await screen.findByText(`functions.py, line 2: ${message}.`, undefined, {
        timeout: 5_000,
      }),
    ).toBeVisible();
    expect((await editor()).querySelector('.cm-lintRange-error')).toBeVisible();
    portal.answers(`POST ${path}/tries`, view({}));
    await userEvent.type(await editor(), '#');
    expect(
      await screen.findByText(/^The code loads\. prices takes/, undefined, {
        timeout: 5_000,
      }),
    ).toBeVisible();
    expect(tried().at(-1)!.body).not.toHaveProperty('function');
  });

  it('says that code which was stopped does not load', async () => {
    const error = { message: 'The code did not end within 60 seconds' };
    portal.answers(`POST ${path}/tries`, {
      environment: 'dev',
      log: '',
      error,
    });
    await show();
    expect(
      await screen.findByText(`${error.message}.`, undefined, {
        timeout: 5_000,
      }),
    ).toBeVisible();
    await check();
    expect(await screen.findByText(`${error.message}.`)).toBeVisible();
    expect(screen.queryByText(/^The code loads/)).toBeNull();
  });

  it('forgets functions of discarded changes', async () => {
    const [fn] = contract.functions;
    portal.answers(
      `POST ${path}/tries`,
      view({ contract: { functions: [{ ...fn, name: 'added' }] } }),
    );
    await show();
    expect(
      await screen.findByRole(
        'button',
        { name: 'Try added' },
        { timeout: 5_000 },
      ),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Undo changes to this file' }),
    );
    expect(screen.queryByRole('button', { name: 'Try added' })).toBeNull();
    expect(screen.getByRole('button', { name: /^Try / })).toBeVisible();
  });

  it('compares a result with an earlier one', async () => {
    const answer = (price: number) =>
      portal.answers(
        `POST ${path}/tries`,
        view({ result: { ...rows, rows: [{ price }] } }),
      );
    await show();
    await userEvent.type(await screen.findByLabelText(/^Symbol/), 'AAPL');
    answer(12.5);
    await tryIt();
    await screen.findByRole('cell', { name: '12.5' });
    expect(screen.queryByLabelText('Compare result with')).toBeNull();
    answer(13);
    await tryIt();
    await screen.findByRole('cell', { name: '13' });
    await userEvent.click(screen.getByLabelText('Compare result with'));
    await userEvent.click(
      screen.getByRole('option', { name: /: prices\(symbol="AAPL"\), 1 row$/ }),
    );
    expect(screen.getByRole('cell', { name: '13.0 (was 12.5)' })).toBeVisible();
    expect(
      screen.getByText('1 value changed among the rows shown.'),
    ).toBeVisible();
  });

  it('shows the traceback of a failure', async () => {
    const traceback = 'File "functions.py", line 1, in prices\nKeyError: 3';
    const error = { message: 'KeyError: 3', file: 'functions.py', line: 1 };
    portal.answers(
      `POST ${path}/tries`,
      // Without the contract, whose parameters the check while typing would require.
      view({
        contract: undefined,
        error: { ...error, traceback },
        seconds: 1.5,
      }),
    );
    await show();
    await tryIt();
    expect(
      await screen.findByText('functions.py, line 1: KeyError: 3.'),
    ).toBeVisible();
    expect(screen.getByLabelText('Traceback')).toHaveTextContent('in prices');
    expect(screen.getByText('Failed after 1.5 s')).toBeVisible();
  });

  it('stops code that runs', async () => {
    await show();
    await check();
    await userEvent.type(await screen.findByLabelText(/Symbol/), 'A');
    portal.hangs(`POST ${path}/tries`);
    await tryIt();
    await userEvent.click(await screen.findByRole('button', { name: 'Stop' }));
    expect(await screen.findByText('You stopped the code.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Try prices' })).toHaveFocus();
  });

  it('tries with the keyboard, and says why it cannot', async () => {
    portal.answers(
      `POST ${path}/tries`,
      'No environment runs the newest commit',
      409,
    );
    await show();
    await userEvent.click(await editor());
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(
      await screen.findByText(
        'Can’t run the code: No environment runs the newest commit.',
      ),
    ).toBeVisible();
  });

  it('hides a result once its changes are committed', async () => {
    const error = { message: 'KeyError: 3' };
    portal
      .answers(`POST ${path}/tries`, view({ error }))
      .answers(`POST ${path}/commits`, { commit: '2'.repeat(40) }, 201);
    await show();
    await check();
    expect(await screen.findByText('KeyError: 3.')).toBeVisible();
    await userEvent.type(
      screen.getByRole('textbox', { name: /^Commit message/ }),
      'x',
    );
    portal.answers(`GET ${path}/files`, {
      commit: '2'.repeat(40),
      files: [],
      isCut: false,
    });
    await userEvent.click(screen.getByRole('button', { name: /^Commit/ }));
    expect(await screen.findByText(/^No changes\./)).toBeVisible();
    expect(screen.queryByText('KeyError: 3.')).toBeNull();
  });

  it('is for people who can change the code', async () => {
    portal.streams(path, aDeployment({ app: anApp({ canBuild: false }) }));
    await show();
    await userEvent.click(await editor());
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(screen.queryByRole('button', { name: /^Try/ })).toBeNull();
    expect(tried()).toEqual([]);
  });
});
