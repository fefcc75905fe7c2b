/** Shortens an entity reference: `rita` for `user:default/rita`. Other namespaces stay. */
export function shortEntityRef(reference: string): string {
  return reference.replace(/^[a-z]+:(default\/)?/i, '');
}
