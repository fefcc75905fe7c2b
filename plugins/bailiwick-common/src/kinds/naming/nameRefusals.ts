/** What is said when a tenant of a name is there already. */
export function tenantNameTaken(name: string): string {
  return `There is a tenant "${name}" already; choose another name`;
}

/** What is said when somebody has asked for a tenant of a name, and it is not made yet. */
export function tenantNameWaiting(name: string): string {
  return `A request for a tenant "${name}" is waiting already; choose another name`;
}

/** What is said when the tenant has an app of a name already. */
export function appNameTaken(name: string): string {
  return `There is an app "${name}" already in this tenant; choose another name`;
}

/** What is said when a name is easily taken for that of a tenant. */
export function tenantNameLookAlike(existing: string): string {
  return `It is easily taken for the tenant "${existing}"; choose a name that nobody confuses with it`;
}
