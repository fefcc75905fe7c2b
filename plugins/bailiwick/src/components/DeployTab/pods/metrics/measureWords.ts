/** A count of a minute: `12`, `0.5`. */
export function countWords(count: number): string {
  return count >= 10 || Number.isInteger(count)
    ? String(Math.round(count))
    : count.toFixed(1);
}

/** A time: `120 ms`, `2.5 s`. */
export function timeWords(seconds: number): string {
  return seconds < 1
    ? `${Math.round(seconds * 1000)} ms`
    : `${seconds.toFixed(1)} s`;
}

/** Bytes in memory: `96 MiB`. */
export function memoryWords(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

/** Processors: `0.12 cores`. */
export function coreWords(cores: number): string {
  return `${cores.toFixed(2)} cores`;
}
