import type { App, AppEnvironment, Tenant } from '../../kinds';

/**
 * Returns the environments in which an app runs a draft and accepts other code. One that became protected may still run a
 * draft, but accepts no other code.
 *
 * @public
 */
export function openDrafts(
  { spec }: App,
  tenant: Tenant | undefined,
): AppEnvironment[] {
  const protectedOnes = new Set(
    tenant?.spec.environments
      .filter(one => one.protected)
      .map(({ name }) => name),
  );
  return spec.environments.filter(
    ({ name, revision }) => revision && !protectedOnes.has(name),
  );
}
