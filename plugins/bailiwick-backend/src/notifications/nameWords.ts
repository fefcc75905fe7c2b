/** What people call a person or a group: `rita` for `user:default/rita`. */
export function nameWords(reference: string): string {
  return reference.replace(/^(user|group):(default\/)?/, '');
}

/** The day of an instant, in UTC: `2026-12-05`. */
export function dayWords(instant: string): string {
  return new Date(instant).toISOString().slice(0, 10);
}
