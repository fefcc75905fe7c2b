/**
 * A failure a person can do something about.
 *
 * @remarks `message` says what happened in one sentence, `remedy` what to do next.
 */
export class ClusterError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ClusterError';
    this.remedy = remedy;
  }
}

/** Turns anything thrown into the two sentences a person reads. */
export function explain(error: unknown): { message: string; remedy: string } {
  if (error instanceof ClusterError) {
    return { message: error.message, remedy: error.remedy };
  }
  return {
    message: error instanceof Error ? error.message : String(error),
    remedy: 'Look into the logs: bailiwick-cluster logs <component>.',
  };
}
