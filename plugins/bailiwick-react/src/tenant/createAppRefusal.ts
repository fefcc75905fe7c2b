import type { TenantRole } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  canBuildAs,
  cordonRefusal,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Returns why the reader can't create apps in any of these tenants; `undefined` if that is possible. @public */
export function createAppRefusal(
  tenants: readonly {
    metadata: { name: string };
    myRole?: TenantRole;
    spec: { cordon?: { reason: string } };
  }[],
): string | undefined {
  const built = tenants.filter(({ myRole }) => canBuildAs(myRole));
  if (built.length === 0)
    return 'Only builders and owners can create apps. Ask an owner for the builder role.';
  const refusals = built.flatMap(
    ({ metadata, spec }) => cordonRefusal(metadata.name, spec.cordon) ?? [],
  );
  return refusals.length === built.length ? refusals.join(' ') : undefined;
}
