import { EntityProvider } from '@backstage/plugin-catalog-react';
import { FakePortal } from '../../../__fixtures__/FakePortal';
import { aDeployment, aTenant } from '../../../__fixtures__/views';
import { GetDataTab } from '../GetDataTab';

/** Path of the app. */
export const path = '/tenants/rates-desk/apps/month-end-prices';
const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'month-end-prices',
    annotations: {
      'bailiwick.dev/tenant': 'rates-desk',
      'bailiwick.dev/app': 'month-end-prices',
    },
  },
};
/** The tab of the app. */
export const tab = (
  <EntityProvider entity={entity}>
    <GetDataTab />
  </EntityProvider>
);
/** A token of Tom, which can be revoked. */
export const grant = {
  metadata: { name: 'tom-excel-1' },
  spec: {
    client: 'excel',
    environment: 'dev',
    subject: 'user:default/tom',
    expiresAt: '2999-01-01T00:00:00Z',
  },
  canRevoke: true,
};

/** Returns a portal with the app and no tokens. */
export function aPortal(): FakePortal {
  return new FakePortal()
    .streams(path, aDeployment())
    .streamsList('/tenants', [aTenant()])
    .answers(`GET ${path}/grants`, { items: [] });
}
