/** Formats the day of an instant in UTC: `2026-12-05`. */
export function formatDay(instant: string): string {
  return new Date(instant).toISOString().slice(0, 10);
}
