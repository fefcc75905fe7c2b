/** A day for people, in the reader's zone: `1 January 2027`. */
export function dateWords(instant: string): string {
  return new Date(instant).toLocaleDateString('en-GB', { dateStyle: 'long' });
}
