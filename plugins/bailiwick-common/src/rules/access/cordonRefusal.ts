import type { Tenant } from '../../kinds/tenant';

/**
 * Returns why members can't change a cordoned tenant, in the words of the admission policy; `undefined` without a
 * cordon.
 *
 * @public
 */
export function cordonRefusal(
  tenant: string,
  cordon: Pick<NonNullable<Tenant['spec']['cordon']>, 'reason'> | undefined,
): string | undefined {
  return (
    cordon &&
    `Tenant ${tenant} is cordoned by the platform team and read-only: ${cordon.reason}`
  );
}
