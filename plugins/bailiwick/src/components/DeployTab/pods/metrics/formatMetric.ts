/** Formats a rate per minute: `12`, `0.5`. */
export function formatRate(count: number): string {
  return count >= 10 || Number.isInteger(count)
    ? String(Math.round(count))
    : count.toFixed(1);
}

/** Formats seconds: `120 ms`, `2.5 s`. */
export function formatSeconds(seconds: number): string {
  return seconds < 1
    ? `${Math.round(seconds * 1000)} ms`
    : `${seconds.toFixed(1)} s`;
}

/** Formats cores: `0.12 cores`. */
export function formatCores(cores: number): string {
  return `${cores.toFixed(2)} cores`;
}
