/** A name of at most `max` characters made of a title: `Rates desk` becomes `rates-desk`. */
export function nameOf(title: string, max: number): string {
  return title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, max)
    .replace(/-+$/, '');
}
