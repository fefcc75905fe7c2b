import type { TenantRole } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { canBuildAs } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Returns why the reader can't create apps in any of these tenants; `undefined` if that is possible. */
export function createAppRefusal(
  tenants: readonly { myRole?: TenantRole; spec: { cordon?: unknown } }[],
): string | undefined {
  if (!tenants.some(({ myRole }) => canBuildAs(myRole)))
    return 'Only builders and owners can create apps. Ask an owner for access.';
  const which = tenants.length === 1 ? 'this tenant' : 'your tenants';
  return tenants.every(({ spec }) => spec.cordon)
    ? `The platform team has cordoned ${which}: nobody can create apps until the cordon is lifted.`
    : undefined;
}
