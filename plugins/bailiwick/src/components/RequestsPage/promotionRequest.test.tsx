import { screen, within } from '@testing-library/react';
import { FakePortal } from '../../__fixtures__/FakePortal';
import {
  aDeployment,
  anApp,
  aPlan,
  aRequest,
  aTenant,
} from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { RequestsRoutes } from './RequestsRoutes';

const app = '/tenants/rates-desk/apps/month-end-prices';
/** An app that runs in prod, so that a promotion to it has differences. */
const inProd = anApp({
  spec: {
    ...anApp().spec,
    environments: [{ name: 'prod', release: 'month-end-prices-r1' }],
  },
});
const request = aRequest({
  targetTitle: 'Month-end prices',
  spec: {
    ...aRequest().spec,
    action: 'promote',
    target: {
      kind: 'App',
      name: 'month-end-prices',
      namespace: 'rates-desk--home',
    },
    proposed: {
      environment: 'prod',
      release: 'month-end-prices-r2',
      overriddenChecks: ['contract'],
    },
  },
  status: {
    phase: 'Open',
    evidence: {
      gates: [
        {
          check: 'contract',
          verdict: 'Failed',
          detail: 'Function marker was removed.',
        },
      ],
    },
  },
});
const preflight = {
  gates: [],
  differences: [
    {
      about: 'contract',
      level: 'breaking',
      what: 'Column price was removed',
    },
  ],
  expected: null,
  problems: [],
  decidedBy: [],
};

describe('the request of a promotion', () => {
  const open = async (portal: FakePortal) => {
    portal
      .answers('GET /plans', { items: [aPlan()] })
      .streamsList('/requests', [request])
      .streams(app, aDeployment({ app: inProd }));
    await renderPage(
      <RequestsRoutes />,
      portal,
      `/?request=${request.metadata.name}`,
    );
    return within(await screen.findByRole('dialog'));
  };

  it('shows the approver differences and checks, and offers a decision', async () => {
    const drawer = await open(
      new FakePortal()
        .answers(`POST ${app}/promotions/preflight`, preflight)
        .answers(`GET ${app}/grants`, { items: [] }),
    );
    expect(await drawer.findByText('Differences in prod')).toBeVisible();
    expect(drawer.getByText('Column price was removed')).toBeVisible();
    expect(drawer.getByText('Contract: failed.')).toBeVisible();
    expect(
      await drawer.findByText(/^No one has a token for prod\./),
    ).toBeVisible();
    expect(
      drawer.getByText('The requester overrides this check.'),
    ).toBeVisible();
    expect(drawer.getByRole('button', { name: 'Approve' })).toBeVisible();
  });

  it('leads to the app and its tenant', async () => {
    const portal = new FakePortal()
      .answers(`POST ${app}/promotions/preflight`, preflight)
      .answers(`GET ${app}/grants`, { items: [] })
      .streamsList('/tenants', [aTenant()]);
    const drawer = await open(portal);
    expect(
      await drawer.findByRole('link', { name: 'Month-end prices' }),
    ).toHaveAttribute('href', '/catalog/rates-desk/component/month-end-prices');
    expect(drawer.getByRole('link', { name: 'Rates desk' })).toHaveAttribute(
      'href',
      '/tenants/rates-desk',
    );
  });

  it('shows the checks to people who can’t promote', async () => {
    const drawer = await open(
      new FakePortal().answers(
        `POST ${app}/promotions/preflight`,
        'You may not promote this app.',
        403,
      ),
    );
    expect(drawer.getByText('Contract: failed.')).toBeVisible();
    expect(drawer.queryByText('Differences in prod')).toBeNull();
    expect(drawer.queryByRole('alert')).toBeNull();
  });
});
