const [kib, mib, gib] = [2 ** 10, 2 ** 20, 2 ** 30];

/** Formats a number of bytes with at most two decimals: `4 GiB`, `128 MiB`, `1.5 KiB`. */
export function formatBytes(bytes: number): string {
  const [size, unit]: [number, string] =
    bytes === 0 || bytes >= gib
      ? [gib, 'GiB']
      : bytes >= mib
      ? [mib, 'MiB']
      : [kib, 'KiB'];
  return `${Math.round((bytes / size) * 100) / 100} ${unit}`;
}
