/** What is said when a tenant of a name is there already. */
export function tenantNameTaken(name: string): string {
  return `Tenant "${name}" already exists; choose another name`;
}

/** What is said when somebody has asked for a tenant of a name, and it is not made yet. */
export function tenantNameWaiting(name: string): string {
  return `A request for a tenant "${name}" is already pending; choose another name`;
}

/** What is said when the tenant has an app of a name already. */
export function appNameTaken(name: string): string {
  return `App "${name}" already exists in this tenant; choose another name`;
}

/** What is said when a name is easily taken for that of a tenant. */
export function tenantNameLookAlike(existing: string): string {
  return `The name is too similar to tenant "${existing}"; choose a more distinct name`;
}
