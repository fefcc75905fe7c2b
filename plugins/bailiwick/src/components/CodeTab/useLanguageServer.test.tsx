import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { appEntity } from '../../__fixtures__/examplePortal';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { CodeTab } from './CodeTab';

const path = '/tenants/rates-desk/apps/month-end-prices';
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
    portal = new FakePortal()
      .streams(path, aDeployment({ app: anApp({ canBuild: true }) }))
      .answers('GET /me', { user: 'user:default/bea', groups: [] })
      .answers(`GET ${path}/types`, { python: '3.11', files: {} })
      .answers(`GET ${path}/files`, {
        commit,
        files: [{ path: 'functions.py', bytes: 10, hash: 'a' }],
        isCut: false,
      })
      .answers(`GET ${path}/file?commit=${commit}&path=functions.py`, {
        commit,
        path: 'functions.py',
        text: '# functions.py\n',
      });
  });
  afterEach(() => {
    Reflect.deleteProperty(window, 'Worker');
  });

  const show = () =>
    renderPage(
      <EntityProvider entity={appEntity}>
        <CodeTab />
      </EntityProvider>,
      portal,
    );
  const asked = () =>
    portal.calls.filter(({ path: one }) => one.endsWith('/types')).length;

  it('says why code is not checked, and tries again', async () => {
    await show();
    const message = 'Code is not checked: blocked by a policy.';
    expect(await screen.findByText(message)).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'functions.py' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(message)).toBeVisible();
    expect(asked()).toBe(2);
  });

  it('says why libraries are not completed', async () => {
    BlockedWorker.isSilent = true;
    portal.answers(`GET ${path}/types`, 'No pod of the app is running', 409);
    await show();
    expect(
      await screen.findByText(
        'Libraries are not completed: No pod of the app is running.',
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
