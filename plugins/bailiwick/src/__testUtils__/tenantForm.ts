// The portal and the fields of the form that requests a tenant.
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../__fixtures__/FakePortal';
import { aPlan, aRequest } from '../__fixtures__/views';

/** A person in one group who is no platform engineer. */
export const rita = {
  user: 'user:default/rita',
  groups: ['group:default/rates'],
  platformEngineer: false,
};

/** Returns a portal with one plan and one pack that accepts every request. */
export function createTenantFormPortal(): FakePortal {
  return new FakePortal()
    .answers('GET /me', rita)
    .answers('GET /plans', { items: [aPlan()] })
    .answers('GET /packs', {
      items: [{ metadata: { name: 'market' }, spec: { title: 'Market' } }],
    })
    .streamsList('/tenants', [])
    .streamsList('/requests', [])
    .answers('POST /requests/preflight', {
      problems: [],
      decision: {
        by: 'people',
        deciders: ['group:default/platform'],
        problems: [],
      },
    })
    .answers('POST /requests?dryRun=true', aRequest())
    .answers('POST /requests', aRequest(), 201);
}

export const field = (name: RegExp) => screen.findByRole('textbox', { name });

export const button = (name: string | RegExp) =>
  screen.getByRole('button', { name });

export const sendButton = () => button('Send request');

/** Waits until the portal has nothing against the request. */
export const isChecked = () =>
  waitFor(() => expect(sendButton()).toBeEnabled());

/** Fills in every text that is required. */
export async function fillTexts(): Promise<void> {
  await userEvent.type(await field(/^Title/), 'Rates desk');
  await userEvent.type(await field(/^Purpose/), 'Prices.');
  await userEvent.type(await field(/^Reason/), 'We need it.');
}
