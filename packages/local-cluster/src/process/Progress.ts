/** Who hears what happens, and what abandons it. */
export interface Progress {
  report: (detail: string) => void;
  signal?: AbortSignal;
}
