import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aDeployment, anApp, aTenant } from '../../__fixtures__/views';
import { aPortal, path, tab } from './__testUtils__/getDataTab';

describe('GetDataTab', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = aPortal();
  });

  it('offers the last environment first, and the others to choose', async () => {
    const app = anApp();
    const [dev] = app.status!.environments!;
    app.status!.environments!.push({ ...dev, name: 'prod' });
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    expect(
      await screen.findByText(/\/odata\/v1\/rates-desk\/prod\//),
    ).toBeVisible();
    await userEvent.click(screen.getByLabelText('Environment'));
    await userEvent.click(await screen.findByRole('option', { name: 'dev' }));
    expect(
      await screen.findByText(/\/odata\/v1\/rates-desk\/dev\//),
    ).toBeVisible();
    expect(screen.queryByText(/\/prod\//)).toBeNull();
  });

  it('shows owners the readers, their tools, and functions that nobody reads', async () => {
    const read = {
      environment: 'dev',
      fn: 'means',
      subject: 'user:default/tom',
      client: 'excel',
      calls: 12,
      failed: 2,
      lastAt: new Date().toISOString(),
    };
    portal.streamsList('/tenants', [aTenant({ myRole: 'owner' })]);
    portal.answers(`GET ${path}/readers`, {
      items: [read, { ...read, client: 'api', failed: 0 }],
      since: '2026-11-20T08:00:00Z',
      notes: ['A gateway does not respond'],
    });
    await renderPage(tab, portal);
    const table = await screen.findByRole('table', { name: 'readers' });
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(
      /tomExcelmeans in dev12 \(2 rejected or failed\)/,
    );
    expect(second).toHaveTextContent(/Programsmeans in dev12/);
    expect(
      screen.getByText(/1 function without reads: prices in dev\.$/),
    ).toBeVisible();
    expect(screen.getByText('A gateway does not respond')).toBeVisible();
  });

  it('does not ask for the readers if the reader is no owner', async () => {
    await renderPage(tab, portal);
    await screen.findByText('No tokens yet.');
    expect(screen.queryByText('Readers')).toBeNull();
    expect(portal.calls.map(call => call.path)).not.toContain(
      `${path}/readers`,
    );
  });

  it('tells people outside the tenant how to get access', async () => {
    portal
      .answers(`GET ${path}?watch=true`, 'Not found', 404)
      .streamsList('/requests', [])
      .streams(`${path}/access`, { accesses: [], environments: ['prod'] });
    await renderPage(tab, portal);
    expect(
      await screen.findByRole('button', { name: 'Request access' }),
    ).toBeVisible();
    expect(
      screen.getByText(/^You need access to read this app’s data/),
    ).toBeVisible();
    expect(screen.queryByText(/^Only members/)).toBeNull();
  });

  it('shows people with granted access the environments and functions of it', async () => {
    const { metadata, spec, status, tenant } = anApp();
    const [{ contract, name }] = status!.environments!;
    const functions = contract!.functions.slice(0, 1);
    portal
      .answers(`GET ${path}?watch=true`, 'Not found', 404)
      .streamsList('/requests', [])
      .streams(`${path}/access`, {
        accesses: [
          {
            request: 'granted',
            user: 'user:default/eve',
            app: metadata.name,
            environment: name,
            expiresAt: '2030-01-31T00:00:00Z',
          },
        ],
        environments: [name],
        readable: {
          tenant,
          metadata: { name: metadata.name },
          spec: { delivery: spec.delivery },
          status: { environments: [{ name, contract: { functions } }] },
          canCreateToken: true,
        },
      });
    await renderPage(tab, portal);
    expect(
      await screen.findByText(new RegExp(`^Access to ${name} until`)),
    ).toBeVisible();
    for (const button of ['Excel', 'Create token'])
      expect(screen.getByRole('button', { name: button })).toBeVisible();
    expect(
      screen.getByRole('button', { name: `Preview ${functions[0].name}` }),
    ).toBeVisible();
    expect(screen.queryByText('Edit code')).toBeNull();
    expect(screen.queryByText('Readers')).toBeNull();
  });

  it('offers no token or preview to people outside the tenant, and describes the parameters', async () => {
    portal.streams(
      path,
      aDeployment({ app: anApp({ canCreateToken: false }) }),
    );
    await renderPage(tab, portal);
    expect(
      await screen.findByText(/^Only members of the tenant can create tokens/),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Create token' })).toBeNull();
    expect(screen.queryByRole('button', { name: /^Preview / })).toBeNull();
    const parameters = screen.getByRole('table', { name: /^Parameters of / });
    expect(within(parameters).getByText('symbols')).toBeVisible();
    expect(within(parameters).getByText('list of Symbol')).toBeVisible();
  });

  it.each([
    ['/#prices.close', ['prices']],
    ['/#absent', []],
    ['/', []],
  ])('scrolls at %s to the cards %j', async (at, names) => {
    const scrolled: string[] = [];
    const scroll = jest.fn(function remember(this: Element) {
      scrolled.push(this.textContent ?? '');
    });
    Element.prototype.scrollIntoView = scroll;
    try {
      await renderPage(tab, portal, at);
      await screen.findByRole('table', { name: /^Columns of / });
      expect(scrolled).toEqual(
        names.map(name => expect.stringMatching(new RegExp(`^${name}`))),
      );
    } finally {
      delete (Element.prototype as Partial<Element>).scrollIntoView;
    }
  });

  it('reports that the portal has no gateway, and offers no token for reading', async () => {
    await renderPage(tab, portal, '/', {});
    expect(await screen.findByText('No gateway')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Create token' })).toBeNull();
    expect(screen.queryByText(/curl/)).toBeNull();
  });

  it('reports that there is nothing to read yet', async () => {
    const app = anApp({ status: undefined });
    portal.streams(path, aDeployment({ app }));
    await renderPage(tab, portal);
    expect(await screen.findByText('Nothing to read yet')).toBeVisible();
  });
});
