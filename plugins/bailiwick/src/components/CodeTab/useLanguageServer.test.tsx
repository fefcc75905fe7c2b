import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPortalWithFile, path, tab } from './__testUtils__/codeTab';

const commit = '1'.repeat(40);

/** A worker as browsers that refuse its program have it. */
class BlockedWorker extends EventTarget {
  static isSilent = false;

  postMessage() {
    const event = new ErrorEvent('error', { message: 'blocked by a policy' });
    if (!BlockedWorker.isSilent)
      queueMicrotask(() => this.dispatchEvent(event));
  }

  terminate() {}
}

// The real server runs in the browser tests.
describe('useLanguageServer', () => {
  let portal: FakePortal;

  beforeEach(() => {
    BlockedWorker.isSilent = false;
    Object.assign(window, { Worker: BlockedWorker });
    portal = aPortalWithFile(commit).answers(`GET ${path}/types`, {
      python: '3.11',
      files: {},
    });
  });
  afterEach(() => {
    Reflect.deleteProperty(window, 'Worker');
  });

  const show = () => renderPage(tab, portal);
  const asked = () =>
    portal.calls.filter(({ path: one }) => one.endsWith('/types')).length;

  it('says why code is not checked, and tries again', async () => {
    await show();
    const message = 'Code is not checked: blocked by a policy.';
    expect(await screen.findByText(message)).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'functions.py' })).toBeVisible();
    expect(screen.queryByText(/Starting completions/)).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(message)).toBeVisible();
    expect(asked()).toBe(2);
  });

  it('says that completions are not available yet', async () => {
    BlockedWorker.isSilent = true;
    await show();
    expect(await screen.findByText(/Starting completions…$/)).toBeVisible();
  });

  it('shows why libraries have no completions', async () => {
    BlockedWorker.isSilent = true;
    portal.answers(`GET ${path}/types`, 'No pod of the app is running', 409);
    await show();
    expect(
      await screen.findByText(
        'No completions for libraries: No pod of the app is running.',
      ),
    ).toBeVisible();
  });

  it('starts nothing for people who only read the code', async () => {
    portal.streams(path, aDeployment({ app: anApp({ canBuild: false }) }));
    await show();
    await screen.findByRole('textbox', { name: 'functions.py' });
    expect(asked()).toBe(0);
  });
});
