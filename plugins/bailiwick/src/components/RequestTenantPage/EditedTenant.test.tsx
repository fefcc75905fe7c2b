import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import {
  createTenantFormPortal,
  field,
  isChecked,
  sendButton,
} from '../../__testUtils__/tenantForm';
import { aRequest } from '../../__fixtures__/views';
import { RequestTenantPage } from './RequestTenantPage';
import { draftOf, specOf } from './tenantDraft';

const { spec } = aRequest();

describe('a request for a tenant that is edited', () => {
  let portal: FakePortal;
  beforeEach(() => {
    window.sessionStorage.clear();
    portal = createTenantFormPortal();
  });

  const sent = () =>
    portal.calls.filter(
      ({ method, path }) => method === 'POST' && path === '/requests',
    );

  it('starts with the values of a request that it edits, and replaces it', async () => {
    const proposed = {
      ...spec.proposed,
      environments: [{ name: 'dev', cluster: 'local', protected: false }],
    };
    portal.streamsList('/requests', [
      aRequest({ mine: true, spec: { ...spec, proposed } }),
    ]);
    await renderPage(
      <RequestTenantPage />,
      portal,
      '/?edit=rates-desk-create-1',
    );
    expect(await field(/^Title/)).toHaveValue('Rates desk');
    expect(await field(/^Name/)).toHaveValue('rates-desk');
    expect(screen.getByText(/withdraws your pending request/)).toBeVisible();
    await userEvent.type(await field(/^Purpose/), ' And more.');
    expect(await field(/^Reason/)).toHaveValue(spec.reason);
    await isChecked();
    await userEvent.click(sendButton());
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0].body).toEqual({
      name: 'rates-desk',
      spec: {
        ...proposed,
        purpose: 'Curves and prices for the morning meeting. And more.',
      },
      reason: spec.reason,
      replaces: 'rates-desk-create-1',
    });
  });

  it('reports that a request can’t be edited any more', async () => {
    portal.streamsList('/requests', [aRequest({ mine: false })]);
    await renderPage(
      <RequestTenantPage />,
      portal,
      '/?edit=rates-desk-create-1',
    );
    expect(
      await screen.findByText(/^You can’t edit this request/),
    ).toBeVisible();
    expect(await field(/^Title/)).toHaveValue('');
  });

  it('does not edit requests that it cannot show completely', () => {
    const draft = draftOf(spec);
    expect(draft && specOf(draft)).toEqual(spec.proposed);
    const limited = {
      ...spec.proposed,
      environments: [
        {
          name: 'dev',
          cluster: 'local',
          protected: true,
          limits: { cpu: '500m' },
          expiresAt: '2027-01-31T00:00:00.000Z',
        },
      ],
    };
    const shown = draftOf({ ...spec, proposed: limited });
    expect(shown && specOf(shown)).toEqual(limited);
    for (const more of [
      { owners: ['group:default/a', 'group:default/b'] },
      { environments: [{ name: 'dev', cluster: 'west', protected: false }] },
      { expiresAt: '2027-01-31T12:00:00Z' },
      { deletionProtection: false },
    ])
      expect(
        draftOf({ ...spec, proposed: { ...spec.proposed, ...more } }),
      ).toBeUndefined();
  });
});
