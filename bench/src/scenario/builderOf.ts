/** Returns the person who edits the apps of a tenant. */
export function builderOf(tenant: string): string {
  return `user:default/builder-of-${tenant}`;
}
