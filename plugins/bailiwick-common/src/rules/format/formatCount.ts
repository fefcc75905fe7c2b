/** Formats a count with its noun: `1 app`, `2 apps`, `12,345 apps`. @public */
export function formatCount(
  count: number,
  singular: string,
  plural = `${singular}s`,
): string {
  const number = Number(count);
  return `${number.toLocaleString('en')} ${number === 1 ? singular : plural}`;
}
