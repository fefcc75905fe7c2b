/** Returns the path of an app. */
export function pathOf(tenant: string, app: string): string {
  return `/tenants/${tenant}/apps/${app}`;
}
