import { formatDate } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Names } from '../Names';
import type { TenantFacts } from './facts/TenantFacts';

/** Purpose, owners, plan and expiry of a tenant, in two lines. */
export function TenantSubtitle({
  facts: {
    plan,
    tenant: { spec },
  },
}: {
  facts: TenantFacts;
}) {
  return (
    <>
      {spec.purpose}
      <br />
      Belongs to <Names of={spec.owners} /> · plan{' '}
      {plan?.spec.title ?? spec.plan} ·{' '}
      {spec.expiresAt
        ? `expires on ${formatDate(spec.expiresAt)}`
        : 'no expiry'}
    </>
  );
}
