/** Formats a count with its noun: `1 app`, `2 apps`. */
export function formatCount(
  count: number,
  singular: string,
  plural = `${singular}s`,
): string {
  return `${count} ${Number(count) === 1 ? singular : plural}`;
}
