import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { aPortal, path, tab } from './__testUtils__/getDataTab';

describe('FunctionCard', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = aPortal();
  });

  it('shows the columns of each function', async () => {
    await renderPage(tab, portal);
    expect(await screen.findByText('Money (USD)')).toBeVisible();
    // The form has the parameters.
    expect(screen.queryByRole('table', { name: /^Parameters of / })).toBeNull();
  });

  it('previews rows before there is a token', async () => {
    const given = encodeURIComponent('{"symbols":["IBM","AAPL"]}');
    portal.answers(
      `GET ${path}/environments/dev/functions/prices/preview?parameters=${given}`,
      { at: '2026-11-20T08:00:00Z', count: 560, rows: [{ price: 100.5 }] },
    );
    await renderPage(tab, portal);
    const field = await screen.findByRole('textbox', { name: 'symbols' });
    expect(
      screen.getByText('Which shares. Separate values with commas.'),
    ).toBeVisible();
    await userEvent.type(field, 'IBM,');
    expect(
      screen.getByRole('button', { name: 'Preview prices' }),
    ).toBeDisabled();
    await userEvent.type(field, ' AAPL');
    await userEvent.click(
      screen.getByRole('button', { name: 'Preview prices' }),
    );
    expect(
      await screen.findByRole('table', { name: 'Sample rows of prices' }),
    ).toHaveTextContent('100.5');
    await userEvent.type(field, ', MSFT');
    expect(screen.queryByRole('table', { name: /^Sample rows/ })).toBeNull();
  });

  it('downloads all rows with the parameters of the form, and explains a refusal', async () => {
    const query = (format: string) =>
      new URLSearchParams({ format, parameters: '{"symbols":["IBM"]}' });
    const file = `GET ${path}/environments/dev/functions/prices/file`;
    portal.answers(`${file}?${query('xlsx')}`, { rows: 1 });
    portal.answers(`${file}?${query('csv')}`, 'The app is not running', 503);
    const saved = jest.spyOn(HTMLAnchorElement.prototype, 'click');
    URL.createObjectURL = () => 'blob:file';
    URL.revokeObjectURL = () => {};
    await renderPage(tab, portal);
    const field = await screen.findByRole('textbox', { name: 'symbols' });
    await userEvent.type(field, 'IBM');
    const download = (format: string) =>
      screen.getByRole('button', { name: `Download prices as ${format}` });
    await userEvent.click(download('Excel'));
    expect(
      await screen.findByText(/-prices-dev\.xlsx was downloaded/),
    ).toBeVisible();
    expect(saved).toHaveBeenCalledTimes(1);
    await userEvent.click(download('CSV'));
    expect(
      await screen.findByText(
        'Can’t download the rows: The app is not running.',
      ),
    ).toBeVisible();
    saved.mockRestore();
  });

  it('offers files in the formats of the app, once required parameters are given', async () => {
    const app = anApp();
    app.spec.delivery.csv = false;
    const [{ contract }] = app.status!.environments!;
    const [prices] = contract!.functions;
    contract!.functions = [
      { ...prices, parameters: { type: 'object', properties: {} } },
      {
        ...prices,
        name: 'quotes',
        parameters: {
          type: 'object',
          properties: { symbol: { type: 'string' } },
          required: ['symbol'],
        },
      },
    ];
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    const [ofPrices, ofQuotes, ...others] = await screen.findAllByRole(
      'button',
      { name: /^Download / },
    );
    expect(ofPrices).toHaveAccessibleName('Download prices as Parquet');
    expect(ofPrices).toBeEnabled();
    expect(ofQuotes).toHaveAccessibleName('Download quotes as Parquet');
    expect(ofQuotes).toBeDisabled();
    expect(others).toEqual([]);
    await userEvent.type(
      screen.getByRole('textbox', { name: 'symbol' }),
      'IBM',
    );
    expect(
      screen.getByRole('button', { name: 'Download quotes as Parquet' }),
    ).toBeEnabled();
  });

  it.each([
    [90, '90 seconds'],
    [300, '5 minutes'],
    [3600, '1 hour'],
  ])('tells how old cached results can be: %d s', async (seconds, words) => {
    const app = anApp();
    app.status!.environments![0].contract!.functions[0].maxAgeSeconds = seconds;
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    expect(
      await screen.findByText(`Results can be up to ${words} old.`),
    ).toBeVisible();
  });

  it('tells from which run a stored result is', async () => {
    const app = anApp();
    const [fn] = app.status!.environments![0].contract!.functions;
    fn.stored = true;
    const run = (name: string, spec = {}, phase = 'Succeeded') => ({
      metadata: { name },
      spec: { app: 'prices', environment: 'dev', parameters: {}, ...spec },
      status: { phase, finishedAt: '2026-11-20T08:00:00Z' },
    });
    const runs = [
      run('failed', {}, 'Failed'),
      run('own', { parameters: { days: 3 } }),
      run('elsewhere', { environment: 'prod' }),
      run('nightly'),
      run('older'),
    ];
    const work = { steps: [], schedules: [], pods: [], runs };
    portal.streams(path, aDeployment({ app, work } as never));
    await renderPage(tab, portal);
    expect(
      await screen.findByText(/^Stored result of run nightly, which ended/),
    ).toBeVisible();
    const none = { ...work, runs: [] };
    portal.send(path, aDeployment({ app, work: none } as never));
    expect(
      await screen.findByText('The result is available after the first run.'),
    ).toBeVisible();
  });

  it('shows why values of parameters were rejected', async () => {
    const given = encodeURIComponent('{"symbols":["x"]}');
    portal.answers(
      `GET ${path}/environments/dev/functions/prices/preview?parameters=${given}`,
      'symbols[0]: expected Symbol, got "x"',
      400,
    );
    await renderPage(tab, portal);
    await userEvent.type(
      await screen.findByRole('textbox', { name: 'symbols' }),
      'x',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Preview prices' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'symbols[0]: expected Symbol, got "x"',
    );
  });
});
