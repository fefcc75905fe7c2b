/** App to which a bundle of this name belongs: the name without the commit. */
export function appOfBundle(name: string): string {
  return name.replace(/-[0-9a-f]{7,12}$/, '');
}
