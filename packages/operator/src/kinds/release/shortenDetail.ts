/** Longest detail of an evidence, in characters. */
const longest = 500;

/** Shortens the detail of an evidence to what a release can contain. */
export function shortenDetail(detail: string): string {
  return detail.length > longest ? `${detail.slice(0, longest - 1)}…` : detail;
}
