import {
  isPlatformEngineer,
  type Person,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';

/** Why somebody may change nothing in a tenant that is cordoned; `undefined` when that keeps them from nothing. */
export function cordonRefusal(
  tenant: Tenant | undefined,
  person?: Person,
): string | undefined {
  if (!tenant?.spec.cordon || (person && isPlatformEngineer(person)))
    return undefined;
  const { name } = tenant.metadata;
  return `The tenant ${name} is cordoned by the platform team, so it can only be read`;
}
