/** Latin letters that do not come apart into a plain letter and a mark. */
const plain: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** Returns a name of at most `max` characters for a title: `Rates desk` becomes `rates-desk`. */
export function nameOf(title: string, max: number): string {
  return title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{ASCII}]/gu, letter => plain[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, max)
    .replace(/-+$/, '');
}

/**
 * Returns the message for a missing name.
 *
 * @param what - kind of the named object: `app`
 * @param title - title from which no name could be derived
 */
export function nameMissing(what: string, title = ''): string {
  return title.trim() === ''
    ? `Enter a name for the ${what}`
    : `This title can’t be turned into a name. Enter a name with letters a to z, digits and "-"`;
}
