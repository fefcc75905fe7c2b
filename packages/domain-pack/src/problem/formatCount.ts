/** Formats a count with its noun: `1 set`, `2 sets`. */
export function formatCount(count: number, singular: string): string {
  return `${count} ${singular}${count === 1 ? '' : 's'}`;
}
