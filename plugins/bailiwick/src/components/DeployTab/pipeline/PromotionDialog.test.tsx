import type { Gate } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  PipelineView,
  PromotionPreflightView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ComponentProps } from 'react';
import { FakePortal } from '../../../__fixtures__/FakePortal';
import { anApp } from '../../../__fixtures__/views';
import { renderPage } from '../../../__testUtils__/renderPage';
import { PromotionDialog } from './PromotionDialog';

const path = '/tenants/rates-desk/apps/month-end-prices/promotions';
const preflight = `POST ${path}/preflight`;
const stage = { name: 'test', protected: false, cluster: 'local' };
const pipeline: PipelineView = {
  stages: [stage],
  releases: [2, 1].map(number => ({
    name: `prices-r${number}`,
    number,
    commit: `${number}bbbbbbbbbbb0000`,
    archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
    createdBy: 'user:default/bea',
    createdAt: '2026-11-20T08:00:00Z',
  })),
};

function aPreflight(...gates: Gate[]): PromotionPreflightView {
  return {
    gates,
    differences: [],
    expected: null,
    problems: [],
    decidedBy: [],
  };
}

describe('PromotionDialog', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = new FakePortal().answers(
      preflight,
      aPreflight({ check: 'code', verdict: 'Passed', detail: 'It is kept.' }),
    );
  });

  const show = async (
    props: Partial<ComponentProps<typeof PromotionDialog>> = {},
  ) => {
    await renderPage(
      <PromotionDialog
        app={anApp()}
        initialRelease="prices-r2"
        onClose={() => {}}
        pipeline={pipeline}
        stage={stage}
        {...props}
      />,
      portal,
    );
    await screen.findByText('It is kept.');
    await userEvent.type(screen.getByLabelText(/^Reason/), 'It is time.');
  };
  const promote = () => screen.getByRole('button', { name: 'Promote' });

  it('does not judge a release by the one that was chosen before', async () => {
    await show();
    expect(promote()).toBeEnabled();
    portal.answers(
      preflight,
      aPreflight({ check: 'code', verdict: 'Failed', detail: 'It is lost.' }),
    );
    const answer = portal.holds(preflight);
    await userEvent.click(screen.getByLabelText('Release'));
    await userEvent.click(screen.getByRole('option', { name: /^r1/ }));
    expect(screen.getByText('Checking r1…')).toBeVisible();
    expect(screen.queryByText('It is kept.')).toBeNull();
    expect(promote()).toBeDisabled();
    answer();
    expect(await screen.findByText('It is lost.')).toBeVisible();
    expect(promote()).toBeDisabled();
  });

  it.each([
    ['promotion', 'prices-r2', 'Promotion requested.'],
    ['rollback', 'prices-r1', 'Rollback requested.'],
  ])('confirms the request of a %s', async (kind, initialRelease, text) => {
    const running = kind === 'rollback' ? 'prices-r2' : 'prices-r1';
    const app = anApp();
    app.spec.environments = [{ name: 'test', release: running }];
    portal.answers(`POST ${path}`, {
      request: { metadata: { name: 'rates-desk-promote-1' } },
    });
    await show({ app, initialRelease, stage: { ...stage, protected: true } });
    const request = { name: `Request ${kind}` };
    await userEvent.click(screen.getByRole('button', request));
    expect(await screen.findByRole('status')).toHaveTextContent(text);
  });

  it('names the readers whom a breaking change affects', async () => {
    portal.answers(
      preflight,
      aPreflight(
        { check: 'code', verdict: 'Passed', detail: 'It is kept.' },
        {
          check: 'contract',
          verdict: 'Failed',
          detail: 'Column price was removed.',
        },
      ),
    );
    const token = (
      subject: string,
      environment: string,
      expiresAt: string,
    ) => ({
      metadata: { name: 'token' },
      spec: { client: 'excel', environment, expiresAt, subject },
    });
    portal.answers('GET /tenants/rates-desk/apps/month-end-prices/grants', {
      items: [
        token('user:default/tom', 'test', '2999-01-01T00:00:00Z'),
        token('user:default/tom', 'test', '2999-01-01T00:00:00Z'),
        token('user:default/nora', 'test', '2020-01-01T00:00:00Z'),
        token('user:default/rita', 'prod', '2999-01-01T00:00:00Z'),
      ],
    });
    await show();
    expect(
      await screen.findByText(/^Readers with tokens for test/),
    ).toHaveTextContent(/^Readers with tokens for test: tom$/);
  });

  it('reports an unknown result after a failure of the portal', async () => {
    portal.answers(`POST ${path}`, 'The cluster is away.', 409);
    await show();
    await userEvent.click(promote());
    expect(
      await screen.findByText('The cluster is away. Nothing was changed.'),
    ).toBeVisible();
    portal.answers(`POST ${path}`, 'The line broke.', 502);
    await userEvent.click(promote());
    expect(
      await screen.findByText(
        /^The line broke. The action may still have taken effect/,
      ),
    ).toBeVisible();
  });
});
