/** Returns the app of a code bundle: its name without the commit. */
export function appOfBundle(name: string): string {
  return name.replace(/-[0-9a-f]{7,12}$/, '');
}
