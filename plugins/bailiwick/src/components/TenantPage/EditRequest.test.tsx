import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aTenant } from '../../__fixtures__/views';
import { aChange, renderTenant } from '../../__testUtils__/renderTenant';

const comment = {
  by: 'user:default/pia',
  at: '2026-11-20T09:00:00Z',
  text: 'Please choose less.',
  requestsChanges: true,
};
const status: RequestView['status'] = { phase: 'Open', comments: [comment] };
const at = '?edit=rates-desk-change-1';
const end = `${new Date().getUTCFullYear() + 1}-01-31T00:00:00.000Z`;
const traders = { subject: 'group:default/traders', role: 'viewer' as const };

type Change = Pick<RequestView['spec'], 'action' | 'proposed'>;
const editing = (spec: Change, fields: Partial<RequestView> = {}) =>
  renderTenant({ at, requests: [aChange(spec, { status, ...fields })] });

describe('EditRequest', () => {
  it.each<[string, Change]>([
    [
      'a renewal',
      {
        action: 'renew',
        proposed: { expiresAt: new Date(Date.now() + 9e9).toISOString() },
      },
    ],
    [
      'a renewal of an environment',
      {
        action: 'renew',
        proposed: { environments: [{ name: 'dev', expiresAt: end }] },
      },
    ],
    ['members', { action: 'setMembers', proposed: { members: [traders] } }],
    [
      'new owners',
      { action: 'transfer', proposed: { owners: ['group:default/traders'] } },
    ],
    [
      'an environment',
      {
        action: 'setEnvironments',
        proposed: {
          add: [
            {
              name: 'test',
              cluster: 'local',
              protected: true,
              limits: { cpu: '500m' },
            },
          ],
        },
      },
    ],
  ])(
    'fills the form in with %s, and replaces the request',
    async (_what, change) => {
      const { asked } = await editing(change);
      expect(await screen.findByText(/“Please choose less\.”/)).toBeVisible();
      const reason = screen.getByRole('textbox', { name: /^Reason/ });
      expect(reason).toHaveValue('We need it.');
      await userEvent.type(reason, ' Less.');
      await userEvent.click(
        screen.getByRole('button', { name: 'Send request' }),
      );
      expect(await screen.findByText(/is pending approval by/)).toBeVisible();
      expect(asked()).toEqual([
        {
          ...change,
          reason: 'We need it. Less.',
          replaces: 'rates-desk-change-1',
        },
      ]);
    },
  );

  it('shows the plan that the request proposes', async () => {
    await editing({ action: 'changePlan', proposed: { plan: 'small' } });
    expect(
      await screen.findByRole('dialog', { name: /^Change plan of Rates desk/ }),
    ).toBeVisible();
    expect(screen.getByText('Choose a different plan.')).toBeVisible();
  });

  it.each<[string, Partial<RequestView>]>([
    ['someone else’s', { mine: false }],
    ['a withdrawn one', { status: { phase: 'Withdrawn' } }],
  ])('does not edit %s', async (_what, fields) => {
    await editing(
      { action: 'setMembers', proposed: { members: [traders] } },
      fields,
    );
    expect(
      await screen.findByText(/^You can’t edit this request/),
    ).toBeVisible();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('opens nothing on its own', async () => {
    await renderTenant({
      requests: [aChange({ action: 'renew', proposed: {} }, { status })],
    });
    expect(
      await screen.findByRole('heading', { name: aTenant().spec.title }),
    ).toBeVisible();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
