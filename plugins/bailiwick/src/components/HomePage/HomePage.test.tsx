import { screen } from '@testing-library/react';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aRequest, aTenant, anApp } from '../../__fixtures__/views';
import { HomePage } from './HomePage';

describe('HomePage', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = new FakePortal()
      .streams('/cluster', { ready: true, message: '', steps: [] })
      .answers('GET /packs', { items: [{ spec: { title: 'Finance' } }] })
      .streamsList('/tenants', [])
      .streamsList('/apps', [])
      .streamsList('/requests', []);
  });

  const next = (name: string) => screen.findByRole('button', { name });

  it('names the domains of the portal', async () => {
    await renderPage(<HomePage />, portal);
    expect(await screen.findByText(/Domains here: Finance/)).toBeVisible();
  });

  it('leads a newcomer to the request of a tenant', async () => {
    await renderPage(<HomePage />, portal);
    expect(await next('Request a tenant')).toHaveAttribute(
      'href',
      '/tenants/-/new',
    );
  });

  it('tells who has asked already to wait', async () => {
    const mine = aRequest({ mine: true, mayDecide: false });
    portal.streamsList('/requests', [mine]);
    await renderPage(<HomePage />, portal);
    expect(await screen.findByText('Your request is on its way')).toBeVisible();
    expect(screen.getByText('Waits for a platform engineer')).toBeVisible();
  });

  it('leads a builder without an app to the templates', async () => {
    portal.streamsList('/tenants', [aTenant()]);
    await renderPage(<HomePage />, portal);
    expect(await next('Pick a template')).toHaveAttribute('href', '/create');
  });

  it('does not send a viewer to the templates', async () => {
    portal.streamsList('/tenants', [aTenant({ myRole: 'viewer' })]);
    await renderPage(<HomePage />, portal);
    expect(await next('See tenants')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Pick a template' }),
    ).toBeNull();
  });

  it('does not offer a viewer to make another app', async () => {
    portal
      .streamsList('/tenants', [aTenant({ myRole: 'viewer' })])
      .streamsList('/apps', [anApp({ mayBuild: false })]);
    await renderPage(<HomePage />, portal);
    expect(await next('See apps')).toBeVisible();
    expect(screen.queryByText(/make another/)).toBeNull();
  });

  it('leads a decider to what waits', async () => {
    portal.streamsList('/requests', [aRequest()]);
    await renderPage(<HomePage />, portal);
    expect(await screen.findByText('Decide what waits for you')).toBeVisible();
    expect(screen.getByText(/^Waits for you: Prices/)).toBeVisible();
  });

  it('shows apps with their health', async () => {
    portal.streamsList('/tenants', [aTenant()]).streamsList('/apps', [anApp()]);
    await renderPage(<HomePage />, portal);
    expect(await screen.findByText('One of one pod answers.')).toBeVisible();
    expect(screen.getByText('Healthy')).toBeVisible();
    expect(screen.getByText(/^1 app is in your tenants/)).toBeVisible();
  });
});
