import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPlan, aRequest } from '../../__fixtures__/views';
import { RequestsRoutes } from './RequestsRoutes';

const opened = '/requests?request=rates-desk-create-1';

/** The pages at the place in the portal to which their links lead. */
const page = (
  <Routes>
    <Route path="/requests/*" element={<RequestsRoutes />} />
  </Routes>
);

describe('a request that needs changes', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = new FakePortal().answers('GET /plans', { items: [aPlan()] });
  });

  const { spec } = aRequest();
  const comments = [
    {
      by: 'user:default/pia',
      at: '2026-11-20T09:00:00Z',
      text: 'Why so large?',
      requestsChanges: true,
    },
  ];
  const own = (fields: Partial<typeof spec>) =>
    aRequest({
      mine: true,
      canDecide: false,
      spec: { ...spec, ...fields },
      status: { phase: 'Open', comments },
    });
  const edit = { name: 'Edit and resubmit' };

  it.each([
    ['the form of the tenant', {}, '/tenants/-/new?edit=rates-desk-create-1'],
    [
      'the page of the tenant',
      { action: 'changePlan', proposed: { plan: 'large' } },
      '/tenants/rates-desk?edit=rates-desk-create-1',
    ],
  ] as const)('leads its author to %s', async (_what, fields, href) => {
    portal.streamsList('/requests', [own(fields)]);
    await renderPage(page, portal, opened);
    expect(await screen.findByRole('button', edit)).toHaveAttribute(
      'href',
      href,
    );
  });

  it.each([
    ['promote', {}, 'on the Deploy tab of the app'],
    ['cordon', {}, 'on the page of the tenant'],
    [
      'create',
      { ...spec.proposed, owners: ['group:default/a', 'group:default/b'] },
      'with the tool that sent it',
    ],
  ] as const)(
    'explains where to send another one if no form shows it: %s',
    async (action, proposed, where) => {
      portal.streamsList('/requests', [own({ action, proposed })]);
      await renderPage(page, portal, opened);
      expect(
        await screen.findByText(
          `To change the request, withdraw it and send a new one ${where}.`,
        ),
      ).toBeVisible();
      expect(screen.queryByRole('button', edit)).toBeNull();
    },
  );

  it('is linked with the one that replaces it', async () => {
    const replaced = {
      ...own({}),
      status: { phase: 'Withdrawn' as const, comments },
    };
    const replacing = aRequest({
      metadata: {
        name: 'rates-desk-create-2',
        annotations: { 'bailiwick.dev/replaces': 'rates-desk-create-1' },
      },
      canDecide: false,
    });
    portal.streamsList('/requests', [replaced, replacing]);
    await renderPage(page, portal, opened);
    await userEvent.click(
      await screen.findByRole('link', { name: 'rates-desk-create-2' }),
    );
    expect(await screen.findByText(/^Replaces/)).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'rates-desk-create-1' }),
    ).toHaveAttribute('href', '/requests?request=rates-desk-create-1');
  });
});
