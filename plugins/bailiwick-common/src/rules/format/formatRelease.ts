/** Formats the name of a release by its number: `prices-r3` is `r3`. Other names stay as they are. @public */
export function formatRelease(name: string): string {
  return /-(r\d+)$/.exec(name)?.[1] ?? name;
}
