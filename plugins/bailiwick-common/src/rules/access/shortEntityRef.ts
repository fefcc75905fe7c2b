/**
 * Shortens an entity reference: `rita` for `user:default/rita`. References in other namespaces stay unchanged.
 *
 * @public
 */
export function shortEntityRef(reference: string): string {
  return reference.replace(/^[a-z]+:(default\/)?/i, '');
}
