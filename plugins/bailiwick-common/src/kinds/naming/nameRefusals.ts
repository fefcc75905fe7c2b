/** Message about the name of an existing tenant. @public */
export function tenantNameTaken(name: string): string {
  return `Tenant "${name}" already exists; choose another name`;
}

/** Message about a name in a pending request for a tenant. @public */
export function tenantNameWaiting(name: string): string {
  return `A request for a tenant "${name}" is already pending; choose another name`;
}

/** Message about the name of an existing app of the tenant. @public */
export function appNameTaken(name: string): string {
  return `App "${name}" already exists in this tenant; choose another name`;
}

/** Message about a name that looks like that of a tenant. @public */
export function tenantNameLookAlike(existing: string): string {
  return `The name is too similar to tenant "${existing}"; choose a more distinct name`;
}
