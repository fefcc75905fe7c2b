import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { aPortal, grant, path, tab } from './__testUtils__/getDataTab';

async function confirmRevocation() {
  const confirm = screen.getByRole('button', { name: 'Revoke token' });
  await userEvent.click(confirm);
}

describe('TokensCard', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = aPortal();
  });

  it('creates a token, shows it once, and lists it', async () => {
    portal.answers(
      `POST ${path}/grants`,
      { grant, token: 'bwk_secret', address: 'http://gateway.test' },
      201,
    );
    await renderPage(tab, portal);
    expect(await screen.findByText('No tokens yet.')).toBeVisible();
    portal.answers(`GET ${path}/grants`, { items: [grant] });
    await userEvent.click(screen.getByRole('button', { name: 'Create token' }));
    const token = await screen.findByText('bwk_secret');
    expect(token).toBeVisible();
    // The button that had the focus no longer exists.
    expect(token.closest('[role="alert"]')).toHaveFocus();
    expect(await screen.findByText('tom')).toBeVisible();
    expect(portal.calls.find(({ method }) => method === 'POST')!.body).toEqual(
      expect.objectContaining({ client: 'excel', environment: 'dev' }),
    );
  });

  it('creates a restricted token, and lists its restrictions', async () => {
    const spec = {
      ...grant.spec,
      addresses: ['10.0.0.0/8'],
      allowsQuery: true,
      functions: ['prices'],
      limits: { callsPerDay: 50 },
    };
    portal.answers(
      `POST ${path}/grants`,
      { grant: { ...grant, spec }, token: 'bwk_secret', address: '' },
      201,
    );
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Options' }),
    );
    const options = within(
      screen.getByRole('group', { name: 'Options of the token' }),
    );
    const networks = options.getByRole('textbox', { name: 'Networks' });
    await userEvent.type(networks, '10.0.0.0');
    expect(
      options.getByText('Enter networks such as 10.1.0.0/16 or 192.0.2.7/32'),
    ).toBeVisible();
    const create = screen.getByRole('button', { name: 'Create token' });
    expect(create).toBeDisabled();
    await userEvent.type(networks, '/8');
    const daily = options.getByRole('textbox', { name: 'Calls per day' });
    await userEvent.type(daily, '0');
    expect(create).toBeDisabled();
    await userEvent.clear(daily);
    await userEvent.type(daily, '50');
    await userEvent.click(options.getByRole('checkbox'));
    await userEvent.click(options.getByLabelText(/^Expires after/));
    await userEvent.click(screen.getByRole('option', { name: '7 days' }));
    await userEvent.click(options.getByLabelText(/^Functions/));
    await userEvent.click(screen.getByRole('option', { name: 'prices' }));
    portal.answers(`GET ${path}/grants`, { items: [{ ...grant, spec }] });
    await userEvent.click(create);
    expect(
      await screen.findByText(
        /read access to prices in dev · from 10\.0\.0\.0\/8 · 50 calls per day · allowed in URLs/,
      ),
    ).toBeVisible();
    expect(portal.calls.find(({ method }) => method === 'POST')!.body).toEqual({
      client: 'excel',
      environment: 'dev',
      days: 7,
      addresses: ['10.0.0.0/8'],
      allowsQuery: true,
      functions: ['prices'],
      limits: { callsPerDay: 50 },
    });
  });

  it('revokes a token', async () => {
    portal
      .answers(`GET ${path}/grants`, { items: [grant] })
      .answers(`DELETE ${path}/grants/tom-excel-1`, {});
    await renderPage(tab, portal);
    const revoke = await screen.findByRole('button', {
      name: 'Revoke the token tom-excel-1',
    });
    await userEvent.click(revoke);
    const dialog = screen.getByRole('dialog', { name: 'Revoke token' });
    expect(dialog).toHaveTextContent('read access to dev');
    expect(portal.calls.filter(({ method }) => method === 'DELETE')).toEqual(
      [],
    );
    portal.answers(`GET ${path}/grants`, { items: [] });
    await confirmRevocation();
    const none = await screen.findByText('No tokens yet.');
    expect(none).toBeVisible();
    // The button that had the focus no longer exists.
    expect(document.activeElement).toContainElement(none);
    expect(document.body).not.toHaveFocus();
  });

  it('offers to revoke only tokens that the reader can revoke', async () => {
    const other = {
      ...grant,
      metadata: { name: 'rita-excel-1' },
      canRevoke: false,
    };
    portal.answers(`GET ${path}/grants`, { items: [grant, other] });
    await renderPage(tab, portal);
    const list = await screen.findByRole('list', { name: 'Tokens' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(2);
    expect(
      within(list)
        .getAllByRole('button')
        .map(button => button.getAttribute('aria-label')),
    ).toEqual(['Revoke the token tom-excel-1']);
  });

  it('loads the tokens again after an error', async () => {
    portal.answers(`GET ${path}/grants`, 'The cluster is unreachable.', 503);
    await renderPage(tab, portal);
    expect(await screen.findByText('Tokens can’t be loaded')).toBeVisible();
    expect(screen.getByText('The cluster is unreachable.')).toBeVisible();
    portal.answers(`GET ${path}/grants`, { items: [grant] });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('tom')).toBeVisible();
    expect(screen.queryByText('Tokens can’t be loaded')).toBeNull();
  });

  it('keeps the listed tokens when a later load fails', async () => {
    portal
      .answers(`GET ${path}/grants`, { items: [grant] })
      .answers(
        `POST ${path}/grants`,
        { grant, token: 'bwk_secret', address: 'http://gateway.test' },
        201,
      );
    await renderPage(tab, portal);
    expect(await screen.findByText('tom')).toBeVisible();
    portal.answers(`GET ${path}/grants`, 'The cluster is unreachable.', 503);
    const loads = () =>
      portal.calls.filter(({ path: of }) => of === `${path}/grants`).length;
    const before = loads();
    await userEvent.click(screen.getByRole('button', { name: 'Create token' }));
    expect(await screen.findByText('bwk_secret')).toBeVisible();
    // The creation, and the list that includes it.
    await waitFor(() => expect(loads()).toBeGreaterThanOrEqual(before + 2));
    expect(screen.getByText('tom')).toBeVisible();
    expect(screen.queryByText('Tokens can’t be loaded')).toBeNull();
  });

  it('lists a new git token with its lifetime, and revokes it', async () => {
    const git = {
      metadata: { name: 'bea-git-1' },
      spec: {
        client: 'git',
        subject: 'user:default/bea',
        expiresAt: '2999-01-01T12:00:00Z',
      },
      canRevoke: true,
    };
    portal
      .answers(
        `POST ${path}/grants`,
        { grant: git, token: 'bwk_git', address: 'http://portal.test/x.git' },
        201,
      )
      .answers(`DELETE ${path}/grants/bea-git-1`, {});
    await renderPage(tab, portal);
    const make = await screen.findByRole('button', {
      name: 'Create git token',
    });
    portal.answers(`GET ${path}/grants`, { items: [git] });
    await userEvent.click(make);
    expect(await screen.findByText(/expires on January 1, 2999/)).toBeVisible();
    expect(await screen.findByText(/git access/)).toBeVisible();
    expect(screen.queryByText(/never used/)).toBeNull();

    portal.answers(`GET ${path}/grants`, { items: [] });
    await userEvent.click(screen.getByRole('button', { name: /Revoke/ }));
    await confirmRevocation();
    expect(await screen.findByText('No tokens yet.')).toBeVisible();
    expect(screen.queryByText('bwk_git')).toBeNull();
  });

  it('shows why no token was created', async () => {
    portal.answers(
      `POST ${path}/grants`,
      'You can grant access only to yourself',
      403,
    );
    await renderPage(tab, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create token' }),
    );
    expect(
      await screen.findByText('You can grant access only to yourself'),
    ).toBeVisible();
  });

  it('offers a git token to builders only', async () => {
    await renderPage(tab, portal);
    const name = 'Create git token';
    expect(await screen.findByRole('button', { name })).toBeVisible();
    const edits = /You can also edit the code on the Code tab\.$/;
    expect(screen.getByText(edits)).toBeVisible();
    portal.send(path, aDeployment({ app: anApp({ canBuild: false }) }));
    await waitFor(() =>
      expect(screen.queryByRole('button', { name })).toBeNull(),
    );
    expect(screen.queryByText(edits)).toBeNull();
    expect(
      screen.getByText(
        'Only builders and owners of Rates desk can change the code.',
      ),
    ).toBeVisible();
  });

  it('shows how to clone code at the git host of the portal', async () => {
    const app = anApp({ canBuild: true, hasMirror: true });
    app.spec.source.repository = 'https://git.example.com/rates/prices.git';
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    expect(
      await screen.findByText(
        'git clone https://git.example.com/rates/prices.git',
      ),
    ).toBeVisible();
    expect(
      screen.getByText('Clone it with your account at git.example.com.'),
    ).toBeVisible();
    expect(screen.getByText(/edit the code on the Code tab\.$/)).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Create git token' }),
    ).toBeNull();
  });

  it('does not offer to edit code on another git host', async () => {
    const app = anApp({ canBuild: true });
    app.spec.source.repository = 'https://git.example.com/rates/prices.git';
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    expect(
      await screen.findByText(
        /^The code is in the git repository https:\/\/git\.example\.com.* within seconds\.$/,
      ),
    ).toBeVisible();
  });
});
