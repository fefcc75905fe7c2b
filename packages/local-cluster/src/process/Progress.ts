/** Receiver of progress, and the signal that cancels. */
export interface Progress {
  report: (detail: string) => void;
  signal?: AbortSignal;
}
