import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  isPlatformEngineer,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Returns why a person may not change a cordoned tenant, `undefined` when they may. */
export function cordonRefusal(
  tenant: Tenant | undefined,
  person?: Person,
): string | undefined {
  if (!tenant?.spec.cordon || (person && isPlatformEngineer(person)))
    return undefined;
  const { name } = tenant.metadata;
  return `Tenant ${name} is cordoned by the platform team and read-only`;
}
