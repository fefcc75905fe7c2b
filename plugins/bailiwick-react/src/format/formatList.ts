const list = new Intl.ListFormat('en');

/** Formats names for a sentence: `a`, `a and b`, `a, b, and c`. @public */
export function formatList(names: readonly string[]): string {
  return list.format(names);
}
