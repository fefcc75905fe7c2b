import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPortalWithFile, key, path, tab } from './__testUtils__/codeTab';

const commit = '1'.repeat(40);
const error = { message: 'Loading the code did not end within 20 seconds' };
const failed = { environment: 'dev', log: '', error };

describe('Checks of the code', () => {
  let portal: FakePortal;

  beforeEach(() => {
    localStorage.setItem(
      key,
      JSON.stringify({
        base: commit,
        files: { 'functions.py': 'while True: pass\n' },
      }),
    );
    portal = aPortalWithFile(commit);
  });

  const tried = () =>
    portal.calls.filter(({ path: one }) => one.endsWith('/tries'));
  const press = async (name: string) =>
    userEvent.click(await screen.findByRole('button', { name }));

  it('make way for the one that a person starts', async () => {
    portal.hangs(`POST ${path}/tries`);
    await renderPage(tab, portal);
    await waitFor(() => expect(tried()).toHaveLength(1), { timeout: 5_000 });
    portal.answers(`POST ${path}/tries`, failed);
    await press('Check code');
    expect(await screen.findByText(`${error.message}.`)).toBeVisible();
    expect(portal.ended).toEqual([tried()[0]]);
    expect(tried()).toHaveLength(2);
  });

  it('are announced as what they are', async () => {
    portal.answers(`POST ${path}/tries`, failed);
    await renderPage(tab, portal);
    const announced = () =>
      screen.getAllByRole('status').map(({ textContent }) => textContent);
    await press('Check code');
    await waitFor(() =>
      expect(announced()).toContain('The code does not load.'),
    );
    await press('Run tests');
    await waitFor(() =>
      expect(announced()).toContain('The tests did not finish.'),
    );
  });

  it('that were stopped are forgotten when the code changes', async () => {
    portal.hangs(`POST ${path}/tries`);
    await renderPage(tab, portal);
    await press('Check code');
    await press('Stop');
    expect(await screen.findByText('You stopped the code.')).toBeVisible();
    const files = { 'functions.py': 'pass\n' };
    const newValue = JSON.stringify({ base: commit, files });
    localStorage.setItem(key, newValue);
    act(() => {
      window.dispatchEvent(new StorageEvent('storage', { key, newValue }));
    });
    await waitFor(() =>
      expect(screen.queryByText('You stopped the code.')).toBeNull(),
    );
    expect(screen.queryByText(/^Can’t run the code/)).toBeNull();
  });
});
